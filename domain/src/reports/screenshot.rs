//! A picture of a report, as far as it is looked into: it is what it says it is, and no larger than it may be. It is never
//! decoded here; whoever looks at it does so in a browser that was told to run nothing of it.

use contract::FieldCode;

/// What browsers show and what a screenshot is made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    Png,
    Jpeg,
    WebP,
}

impl PictureKind {
    pub const ALL: &[Self] = &[Self::Png, Self::Jpeg, Self::WebP];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::WebP => "webp",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }
}

/// One that was looked into.
#[derive(Clone, PartialEq, Eq)]
pub struct Screenshot {
    pub(super) kind: PictureKind,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) content: Vec<u8>,
}

impl std::fmt::Debug for Screenshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screenshot")
            .field("kind", &self.kind)
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

impl Screenshot {
    /// Bytes, as the file has them.
    pub const MAX_BYTES: usize = 2 * 1024 * 1024;
    /// Pixels on a side: a small file may still unfold into more than a browser can hold.
    pub const MAX_SIDE: u32 = 8192;

    /// By what the file begins with, whatever it is called.
    pub fn read(content: Vec<u8>) -> Result<Self, FieldCode> {
        if content.len() > Self::MAX_BYTES {
            return Err(Self::too_big());
        }
        let (kind, (width, height)) = look_into(&content).ok_or(FieldCode::NotAPicture)?;
        if width == 0 || height == 0 {
            return Err(FieldCode::NotAPicture);
        }
        if width > Self::MAX_SIDE || height > Self::MAX_SIDE {
            return Err(FieldCode::TooWide { pixels: Self::MAX_SIDE });
        }
        Ok(Self {
            kind,
            width,
            height,
            content,
        })
    }

    /// What is said of a file that is not even read to its end.
    pub const fn too_big() -> FieldCode {
        FieldCode::TooBig { megabytes: 2 }
    }

    pub fn kind(&self) -> PictureKind {
        self.kind
    }

    pub fn into_content(self) -> Vec<u8> {
        self.content
    }
}

type Sides = (u32, u32);

fn look_into(content: &[u8]) -> Option<(PictureKind, Sides)> {
    let png = || Some((PictureKind::Png, png(content)?));
    let jpeg = || Some((PictureKind::Jpeg, jpeg(content)?));
    let webp = || Some((PictureKind::WebP, webp(content)?));
    png().or_else(jpeg).or_else(webp)
}

fn array<const N: usize>(content: &[u8], at: usize) -> Option<[u8; N]> {
    content.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// W3C, "Portable Network Graphics", 5.2 and 11.2.1: the signature, and the header as the first chunk.
fn png(content: &[u8]) -> Option<Sides> {
    const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
    const HEADER: [u8; 8] = *b"\0\0\0\x0dIHDR";
    let begins = array(content, 0)? == SIGNATURE && array(content, 8)? == HEADER;
    let side = |at| array(content, at).map(u32::from_be_bytes);
    begins.then_some(())?;
    Some((side(16)?, side(20)?))
}

/// ITU T.81, annex B: segments with their length, up to the header of the frame.
fn jpeg(content: &[u8]) -> Option<Sides> {
    if array(content, 0)? != [0xff, 0xd8] {
        return None;
    }
    let mut at = 2;
    loop {
        let [0xff, marker] = array(content, at)? else {
            return None;
        };
        at += 2;
        match marker {
            // Filled up, and begun again with the second of the two bytes.
            0xff => at -= 1,
            // On their own, without a length.
            0x01 | 0xd0..=0xd7 => {}
            // Tables, which stand among the frames' numbers.
            0xc4 | 0xc8 | 0xcc => at += segment(content, at)?,
            0xc0..=0xcf => {
                let side = |at| array(content, at).map(|two| u32::from(u16::from_be_bytes(two)));
                return Some((side(at + 5)?, side(at + 3)?));
            }
            // The picture or its end, and no frame before it.
            0xd8..=0xda => return None,
            _ => at += segment(content, at)?,
        }
    }
}

/// How long a segment is, its length included.
fn segment(content: &[u8], at: usize) -> Option<usize> {
    let length = usize::from(u16::from_be_bytes(array(content, at)?));
    (length >= 2).then_some(length)
}

/// RFC 9649, 2.3 to 2.7: a RIFF file whose first chunk is lossy, lossless or extended.
fn webp(content: &[u8]) -> Option<Sides> {
    let is_webp = array(content, 0)? == *b"RIFF" && array(content, 8)? == *b"WEBP";
    is_webp.then_some(())?;
    match &array::<4>(content, 12)? {
        b"VP8 " => {
            let side = |at| array(content, at).map(|two| u32::from(u16::from_le_bytes(two) & 0x3fff));
            (array(content, 23)? == [0x9d, 0x01, 0x2a]).then_some(())?;
            Some((side(26)?, side(28)?))
        }
        b"VP8L" => {
            (array(content, 20)? == [0x2f]).then_some(())?;
            let packed = u32::from_le_bytes(array(content, 21)?);
            Some(((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => {
            let side = |at| {
                let [low, middle, high] = array(content, at)?;
                Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
            };
            Some((side(24)?, side(27)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::png_of, *};

    fn read(content: &[u8]) -> Result<(PictureKind, u32, u32), FieldCode> {
        Screenshot::read(content.to_vec()).map(|read| (read.kind, read.width, read.height))
    }

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let mut content = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc4\x00\x03a\xff\xc0\x00\x0b\x08".to_vec();
        content.extend(height.to_be_bytes());
        content.extend(width.to_be_bytes());
        content.extend(b"\x01\x01\x11\x00\xff\xda");
        content
    }

    fn webp_of(chunk: [u8; 4], rest: &[u8]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP".as_slice(), &chunk, b"\0\0\0\0", rest].concat()
    }

    #[test]
    fn each_kind_is_known_by_its_beginning_and_tells_its_size() {
        assert_eq!(read(&png_of(640, 400)), Ok((PictureKind::Png, 640, 400)));
        assert_eq!(read(&jpeg_of(640, 400)), Ok((PictureKind::Jpeg, 640, 400)));
        let lossy = webp_of(*b"VP8 ", b"\0\0\0\x9d\x01\x2a\x80\x02\x90\x01");
        let packed: u32 = 0x27f | (0x18f << 14);
        let lossless = webp_of(*b"VP8L", &[&[0x2f], packed.to_le_bytes().as_slice()].concat());
        let extended = webp_of(*b"VP8X", b"\0\0\0\0\x7f\x02\0\x8f\x01\0");
        for content in [lossy, lossless, extended] {
            assert_eq!(read(&content), Ok((PictureKind::WebP, 640, 400)));
        }
    }

    #[test]
    fn what_is_none_is_refused_however_it_begins() {
        let mut half = png_of(640, 400);
        half.truncate(20);
        for content in [
            b"".as_slice(),
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<html>\x89PNG\r\n\x1a\n",
            b"GIF89a\x01\0\x01\0",
            b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
            b"\xff\xd8\xff<script>",
            b"\xff\xd8\xff\xda\0\x02",
            b"\xff\xd8\xff\xe0\0\0",
            b"RIFF\0\0\0\0WAVEfmt ",
            &half,
            &png_of(0, 10),
        ] {
            assert_eq!(read(content), Err(FieldCode::NotAPicture), "{content:?}");
        }
    }

    #[test]
    fn what_would_unfold_too_far_and_what_is_too_big_is_refused() {
        assert_eq!(read(&png_of(8192, 8192)), Ok((PictureKind::Png, 8192, 8192)));
        assert_eq!(read(&png_of(8193, 1)), Err(FieldCode::TooWide { pixels: 8192 }));
        assert_eq!(read(&png_of(1, 60_000)), Err(FieldCode::TooWide { pixels: 8192 }));
        let mut content = png_of(640, 400);
        content.resize(Screenshot::MAX_BYTES, 0);
        assert!(read(&content).is_ok());
        content.push(0);
        assert_eq!(read(&content), Err(FieldCode::TooBig { megabytes: 2 }));
    }

    proptest::proptest! {
        #[test]
        fn no_file_makes_it_fall(content: Vec<u8>, prefix in 0..3_usize) {
            let begins = [b"\xff\xd8".as_slice(), b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"RIFF\0\0\0\0WEBPVP8X"][prefix];
            let _ = read(&content);
            let _ = read(&[begins, &content].concat());
        }
    }
}
