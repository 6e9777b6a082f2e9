//! Draws that depend on nothing but the seed and on what they are for.
//!
//! The generator is `SplitMix64`. A stream is named by a path of coordinates (vendor, purpose,
//! room, row …), so any row can be computed alone and none is stored.

/// A stream of draws.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draws(u64);

/// What a stream is for. The number of each is part of the data: a new purpose goes to the end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Room,
    Session,
    Time,
    RedPacket,
    Share,
    Claim,
    Gift,
    Account,
    Person,
    Order,
    Token,
    Request,
    Entry,
    Donation,
    Lottery,
    Winner,
    LuckyBag,
    Task,
    CheckIn,
    Viewer,
    Push,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Draws {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The stream below this one for the given purpose.
    pub(crate) const fn of(self, purpose: Purpose) -> Self {
        self.at(purpose as i64)
    }

    /// The stream below this one with the given number.
    pub(crate) const fn at(self, number: i64) -> Self {
        Self(mix(self.0 ^ mix(number.cast_unsigned().wrapping_add(STEP))))
    }

    /// The next draw.
    pub(crate) const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// The next draw, brought into `0..bound`; 0 for a bound below 1.
    pub(crate) const fn below(&mut self, bound: i64) -> i64 {
        let draw = (self.draw() >> 1).cast_signed();
        if bound < 1 { 0 } else { draw % bound }
    }

    /// One of the bytes by the next draw; 0 if there are none.
    pub(crate) fn pick(&mut self, bytes: &[u8]) -> u8 {
        let count = u64::try_from(bytes.len()).unwrap_or(0);
        let position = ((self.draw() >> 32) * count) >> 32;
        usize::try_from(position)
            .ok()
            .and_then(|position| bytes.get(position))
            .copied()
            .unwrap_or_default()
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        let mut draws = Draws(1_234_567);
        assert_eq!(draws.draw(), 6_457_827_717_110_365_317);
        assert_eq!(draws.draw(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_stream_depends_on_its_whole_path_and_its_order() {
        let root = Draws::new(1);
        let first = |mut draws: Draws| draws.draw();
        assert_eq!(first(root.at(1).at(2)), first(Draws::new(1).at(1).at(2)));
        assert_ne!(first(root.at(1).at(2)), first(root.at(2).at(1)));
        assert_ne!(first(root.at(1)), first(Draws::new(2).at(1)));
        assert_ne!(first(root.of(Purpose::Claim)), first(root.of(Purpose::Share)));
    }

    #[test]
    fn draws_stay_below_their_bound() {
        let mut draws = Draws::new(9);
        assert!((0..1000).all(|_| (0..7).contains(&draws.below(7))));
        assert_eq!(draws.below(0), 0);
        assert!((0..1000).all(|_| b"abc".contains(&draws.pick(b"abc"))));
        assert_eq!(draws.pick(b""), 0);
    }
}
