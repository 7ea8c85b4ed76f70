//! Who is among a share. The same every time: a larger share holds everybody of a smaller one, and two flags choose differently.

use contract::flag::Flag;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Places in a rollout: hundredths of a percent.
const PLACES: u64 = 10_000;

/// A place from 0 to 9999, by the flag and whose it is.
fn place(flag: &str, subject: Uuid) -> u64 {
    let mut hash = Sha256::new();
    hash.update(flag);
    hash.update([0]);
    hash.update(subject.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(first) % PLACES
}

/// Whether somebody is among so many percent. Who is nobody in particular is, once it is everybody.
pub(super) fn is_within(flag: Flag, percent: u8, subject: Option<Uuid>) -> bool {
    match subject {
        Some(subject) => within(flag.key(), percent, subject),
        None => percent >= 100,
    }
}

fn within(flag: &str, percent: u8, subject: Uuid) -> bool {
    place(flag, subject) < u64::from(percent) * (PLACES / 100)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn who_is_in_stays_in_when_it_grows(subject: u128, smaller in 0..=100_u8, larger in 0..=100_u8) {
            let subject = Uuid::from_u128(subject);
            let (smaller, larger) = (smaller.min(larger), smaller.max(larger));
            for flag in Flag::ALL {
                prop_assert!(!is_within(*flag, smaller, Some(subject)) || is_within(*flag, larger, Some(subject)));
                prop_assert!(!is_within(*flag, 0, Some(subject)));
                prop_assert!(is_within(*flag, 100, Some(subject)));
            }
        }

        /// Of those whom one flag chooses, another chooses about as many as of all: for any two keys and any thousand ids.
        #[test]
        fn two_flags_choose_differently(seed: u64, one in "[a-z]{3,12}\\.[a-z]{3,12}", other in "[a-z]{3,12}\\.[a-z]{3,12}") {
            prop_assume!(one != other);
            let all = (0..4000_u128).map(|number| Uuid::from_u128(u128::from(seed) << 64 | number));
            let chosen: Vec<_> = all.filter(|subject| within(&one, 50, *subject)).collect();
            let both = chosen.iter().filter(|subject| within(&other, 50, **subject)).count();
            // Six standard deviations and more beside the half.
            prop_assert!((1750..=2250).contains(&chosen.len()), "{} of 4000", chosen.len());
            let share = both * 100 / chosen.len();
            prop_assert!((42..=58).contains(&share), "{share} percent in both");
        }
    }

    #[test]
    fn a_place_never_moves() {
        let subject = Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057);
        assert_eq!(place("palette.projects", subject), place("palette.projects", subject));
        let places: Vec<_> = (0..3).map(|number| place("a.b", Uuid::from_u128(number))).collect();
        assert_eq!(places, PINNED, "whoever was in would be out");
    }

    const PINNED: [u64; 3] = [560, 1924, 2799];

    #[test]
    fn nobody_in_particular_is_in_with_everybody() {
        assert!(!is_within(Flag::PaletteProjects, 99, None));
        assert!(is_within(Flag::PaletteProjects, 100, None));
    }
}
