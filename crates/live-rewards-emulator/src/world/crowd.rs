//! How many people are after a red packet.

use crate::seed::Draws;
use crate::world::fate::Fate;

/// Shares of the one large packet of a small crowd, whose claims fill several pages.
const LARGE: i64 = 250;

/// How many shares packets have, and how many of them are claimed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Crowd {
    /// Up to twenty shares, and many in one packet: the third of the first room.
    Small,
    /// About so many claims in every packet that is claimed at all.
    Around(i64),
}

impl Crowd {
    /// Shares of a packet, and how many of them are claimed in the end.
    pub(crate) fn sizes(self, fate: Fate, is_large: bool, draw: &mut Draws) -> (i64, i64) {
        match self {
            Self::Small => {
                let shares = if is_large { LARGE } else { 2 + draw.below(19) };
                let some = 1 + draw.below(shares - 1);
                (shares, takes(fate, shares, some))
            }
            Self::Around(mean) => {
                let mean = mean.max(1);
                let some = mean - mean / 4 + draw.below(mean / 2 + 1);
                let more = 1 + draw.below(some);
                let all = match fate {
                    Fate::SoldOut | Fate::Untouched | Fate::Precreated => some,
                    _ => some + more,
                };
                (all, takes(fate, all, some))
            }
        }
    }
}

fn takes(fate: Fate, all: i64, some: i64) -> i64 {
    match fate {
        Fate::SoldOut => all,
        Fate::Untouched | Fate::Precreated => 0,
        Fate::Partly | Fate::SlowRefund | Fate::NoRefund | Fate::Abnormal => some,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_shares_are_left_unless_sold_out() {
        for crowd in [Crowd::Small, Crowd::Around(1), Crowd::Around(8), Crowd::Around(120)] {
            for seed in 0..100 {
                let mut draw = Draws::new(seed);
                let (shares, takes) = crowd.sizes(Fate::SoldOut, false, &mut draw);
                assert!(takes == shares && takes > 0);
                let (shares, takes) = crowd.sizes(Fate::Partly, false, &mut draw);
                assert!((1..shares).contains(&takes), "{crowd:?}");
                let (shares, takes) = crowd.sizes(Fate::Untouched, false, &mut draw);
                assert!(shares > 0 && takes == 0);
            }
        }
    }

    #[test]
    fn a_crowd_has_about_its_size() {
        let mut draw = Draws::new(1);
        let takes = (0..1000).map(|_| Crowd::Around(120).sizes(Fate::Partly, false, &mut draw).1);
        assert!((118_000..122_000).contains(&takes.sum::<i64>()));
    }
}
