//! Chance, drawn once and told when something fails.

use domain::random::Random;

use crate::provider::Message;

#[derive(Debug)]
pub struct Dice<'a>(&'a dyn Random);

impl<'a> Dice<'a> {
    pub fn new(random: &'a dyn Random) -> Self {
        Self(random)
    }

    fn below(&self, limit: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        let drawn = u64::from_be_bytes(bytes) % u64::try_from(limit.max(1)).unwrap();
        usize::try_from(drawn).unwrap()
    }

    /// Most messages come in the order in which they were sent, between those of others. One in five is late, and one in ten
    /// comes twice.
    pub fn disorder(&self, told: Vec<Message>) -> Vec<Message> {
        let mut placed: Vec<(usize, Message)> = Vec::new();
        for (place, message) in told.into_iter().enumerate() {
            if self.below(10) == 0 {
                placed.push((place + self.below(200), message.clone()));
            }
            let late = if self.below(5) == 0 { self.below(60) } else { 0 };
            placed.push((place + late, message));
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, message)| message).collect()
    }

    /// After how many acknowledgements, in order and one in each part of the whole.
    pub fn moments(&self, count: usize, of: usize) -> Vec<usize> {
        let part = of / (count + 1);
        (0..count).map(|number| number * part + 1 + self.below(part)).collect()
    }
}
