//! How the balances of an account move after the start.

use crate::seed::Draws;
use crate::world::pace::Pace;

/// The moves of one account: every few minutes points are earned, then some are frozen, then those
/// are spent, and so on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moves {
    pace: Pace,
    /// Beginning of the first slot.
    origin: i64,
    /// Slots that were over when the account was opened.
    before: i64,
    earned: i64,
    stake: i64,
}

/// One of three moves, which take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    Earn,
    Freeze,
    Spend,
}

/// What moves came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) available: i64,
    pub(crate) frozen: i64,
}

impl Moves {
    pub(super) fn new(mut draw: Draws, start: i64, created: i64) -> Self {
        let period = 300 + draw.below(600);
        let (pace, phase) = (Pace::every(period), draw.below(period));
        let stake = 1 + draw.below(50);
        let earned = stake + draw.below(3);
        let mut moves = Self { pace, origin: start + phase, before: 0, earned, stake };
        moves.before = moves.until(created);
        moves
    }

    /// Number of moves made by an instant.
    pub(crate) fn until(&self, second: i64) -> i64 {
        let slots = self.pace.slot(second.saturating_sub(self.origin)) + 1;
        (slots - self.before).max(0)
    }

    /// Instant of a move, counted from 0.
    pub(crate) fn at(&self, number: i64) -> i64 {
        self.origin + self.pace.begin(self.before + number)
    }

    /// Which move it is, and its points.
    pub(crate) fn get(&self, number: i64) -> (Move, i64) {
        let step = match number % 3 {
            0 => Move::Earn,
            1 => Move::Freeze,
            _ => Move::Spend,
        };
        (step, self.points(step))
    }

    /// Points of each move of a kind.
    pub(crate) fn points(&self, step: Move) -> i64 {
        match step {
            Move::Earn => self.earned,
            Move::Freeze | Move::Spend => self.stake,
        }
    }

    /// What the first so many moves come to.
    pub(crate) fn sum(&self, count: i64) -> Moved {
        let gain = self.earned - self.stake;
        let Moved { available, frozen } = match count % 3 {
            0 => Moved::default(),
            1 => Moved { available: self.earned, frozen: 0 },
            _ => Moved { available: gain, frozen: self.stake },
        };
        Moved { available: count / 3 * gain + available, frozen }
    }
}

impl Move {
    /// How many of the first so many moves are of this kind.
    pub(crate) fn among(self, count: i64) -> i64 {
        let place = match self {
            Self::Earn => 0,
            Self::Freeze => 1,
            Self::Spend => 2,
        };
        (count + 2 - place) / 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_790_000_000;

    #[test]
    fn moves_come_one_by_one_to_their_sum() {
        for created in [START - 1000, START, START + 100_000] {
            let moves = Moves::new(Draws::new(3), START, created);
            let mut sum = Moved::default();
            for number in 0..200 {
                assert_eq!(moves.sum(number), sum);
                let at = moves.at(number);
                assert!(at > created, "{at}");
                assert_eq!((moves.until(at - 1), moves.until(at)), (number, number + 1));
                match moves.get(number) {
                    (Move::Earn, points) => sum.available += points,
                    (Move::Freeze, points) => {
                        sum.available -= points;
                        sum.frozen += points;
                    }
                    (Move::Spend, points) => sum.frozen -= points,
                }
            }
        }
    }

    #[test]
    fn each_third_move_is_of_a_kind() {
        let moves = Moves::new(Draws::new(3), START, START);
        for kind in [Move::Earn, Move::Freeze, Move::Spend] {
            for count in 0..10 {
                let made = (0..count).filter(|number| moves.get(*number).0 == kind).count();
                assert_eq!(kind.among(count), i64::try_from(made).unwrap());
            }
        }
    }
}
