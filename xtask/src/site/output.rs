//! The folder that is served: files under names that carry their content's hash, and the manifest of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::Profile;
use crate::setup::hex;

pub struct Output {
    site: PathBuf,
    pkg: PathBuf,
    profile: Profile,
    /// A file's plain name and the address it is served under.
    manifest: BTreeMap<String, String>,
    sizes: BTreeMap<String, Size>,
    written: BTreeSet<PathBuf>,
}

#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub raw: usize,
    pub brotli: usize,
}

impl Output {
    pub fn new(site: &Path, profile: Profile) -> Result<Self> {
        let pkg = site.join("pkg");
        fs::create_dir_all(&pkg)?;
        Ok(Self {
            site: site.to_owned(),
            pkg,
            profile,
            manifest: BTreeMap::new(),
            sizes: BTreeMap::new(),
            written: BTreeSet::new(),
        })
    }

    pub fn size(&self, name: &str) -> Option<Size> {
        self.sizes.get(name).copied()
    }

    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let hash = &hex(&Sha256::digest(content))[..12];
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let file = format!("{stem}.{hash}.{extension}");
        self.write(&self.pkg.join(&file), name, content)?;
        self.manifest.insert(name.to_owned(), format!("/pkg/{file}"));
        Ok(())
    }

    pub fn add_unhashed(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.write(&self.site.join(name), name, content)
    }

    /// Scripts that crates bring along; the glue imports them by a relative path that must stay.
    pub fn add_snippets(&mut self, folder: &Path) -> Result<()> {
        let mut folders = vec![folder.join("snippets")];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).into_iter().flatten() {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                    self.write(&self.pkg.join(&name), &name, &fs::read(&path)?)?;
                }
            }
        }
        Ok(())
    }

    /// A text in which every `/pkg/<plain name>` is the hashed address.
    pub fn link(&self, text: &str) -> String {
        self.manifest.iter().fold(text.to_owned(), |text, (name, url)| {
            text.replace(&format!("/pkg/{name}"), url)
        })
    }

    fn write(&mut self, path: &Path, name: &str, content: &[u8]) -> Result<()> {
        let brotli_path = with_suffix(path, "br");
        let gzip_path = with_suffix(path, "gz");
        if !fs::read(path).is_ok_and(|there| there == content) || !brotli_path.exists() || !gzip_path.exists() {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&brotli_path, self.brotli(content)?)?;
            fs::write(&gzip_path, gzip(content)?)?;
            fs::write(path, content)?;
        }
        let brotli = usize::try_from(fs::metadata(&brotli_path)?.len())?;
        self.sizes.insert(
            name.to_owned(),
            Size {
                raw: content.len(),
                brotli,
            },
        );
        self.written.extend([path.to_owned(), brotli_path, gzip_path]);
        Ok(())
    }

    fn brotli(&self, content: &[u8]) -> Result<Vec<u8>> {
        // The best takes seconds for a module, which in development is another one every time.
        let quick = self.profile == Profile::Dev && content.len() > 500_000;
        let quality = if quick { 1 } else { 11 };
        let mut compressed = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, quality, 22);
        writer.write_all(content)?;
        drop(writer);
        Ok(compressed)
    }

    /// Writes the manifest and removes what an earlier build left.
    pub fn finish(&mut self) -> Result<()> {
        fs::write(
            self.site.join("manifest.json"),
            serde_json::to_vec_pretty(&self.manifest)?,
        )?;
        for entry in fs::read_dir(&self.pkg)? {
            let path = entry?.path();
            if path.is_file() && !self.written.contains(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn files(folder: &Path) -> BTreeSet<String> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn names_follow_content_and_what_is_not_built_any_more_goes() {
        let folder = tempfile::tempdir().unwrap();
        let build = |content: &str| {
            let mut output = Output::new(folder.path(), Profile::Release).unwrap();
            output.add("inter.woff2", b"letters").unwrap();
            output.add("main.css", output.link(content).as_bytes()).unwrap();
            output.finish().unwrap();
            output.manifest
        };
        let first = build("src: url(/pkg/inter.woff2)");
        assert_eq!(
            build("src: url(/pkg/inter.woff2)"),
            first,
            "the same content keeps its name"
        );
        let style = fs::read_to_string(folder.path().join(&first["main.css"][1..])).unwrap();
        assert_eq!(style, format!("src: url({})", first["inter.woff2"]));

        let second = build("other");
        assert_ne!(second["main.css"], first["main.css"]);
        assert_eq!(second["inter.woff2"], first["inter.woff2"]);
        assert_eq!(
            files(&folder.path().join("pkg")).len(),
            6,
            "two files, each three times"
        );
    }

    #[test]
    fn what_lies_beside_a_file_is_its_content_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let content = "a line of text\n".repeat(100);
        let mut output = Output::new(folder.path(), Profile::Dev).unwrap();
        output.add_unhashed("robots.txt", content.as_bytes()).unwrap();

        let mut text = String::new();
        let compressed = fs::read(folder.path().join("robots.txt.br")).unwrap();
        brotli::Decompressor::new(&*compressed, 4096)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, content);
        text.clear();
        let compressed = fs::read(folder.path().join("robots.txt.gz")).unwrap();
        flate2::read::GzDecoder::new(&*compressed)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, content);
    }
}
