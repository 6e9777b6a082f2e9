//! What becomes of a red packet.

use crate::world::HOUR;

/// How the packets of a scenario go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// Claims lie before the start, and nothing is due in the first six hours after it.
    Quiet,
    /// Claims and refunds come as time passes, before and after the start.
    Running,
    /// Everything is sold out or refunded by the start.
    Settled,
}

/// What is going to happen to a red packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// All shares are claimed.
    SoldOut,
    /// Some shares are claimed; the rest goes back a day later.
    Partly,
    /// Nothing is claimed; all of it goes back.
    Untouched,
    /// Like `Partly`, but the refund takes a day and a half.
    SlowRefund,
    /// Like `Partly`, but the refund never comes.
    NoRefund,
    /// It never opens.
    Precreated,
    /// It went wrong after some claims.
    Abnormal,
}

/// Which of a room's packets it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) index: i64,
    /// Its position at the start, counted from the newest.
    pub(crate) rank: i64,
    /// Seconds from its creation to the start.
    pub(crate) age: i64,
}

impl Course {
    /// Chooses what happens, so that every case occurs in every room. `odd_states` lets a few
    /// packets never open or go wrong.
    pub(crate) fn fate(self, place: Place, odd_states: bool) -> Fate {
        if self == Self::Quiet
            && let Some(fate) = young(place)
        {
            return fate;
        }
        match place.index % 20 {
            3 if odd_states => return Fate::Precreated,
            8 if odd_states => return Fate::Abnormal,
            _ => {}
        }
        match place.index % 6 {
            1 => Fate::Partly,
            3 => Fate::Untouched,
            5 if self == Self::Settled => Fate::Partly,
            // The slow refund must not fall into the quiet hours.
            5 if self == Self::Quiet && (53 * HOUR..=61 * HOUR).contains(&place.age) => {
                Fate::Partly
            }
            5 => Fate::SlowRefund,
            _ => Fate::SoldOut,
        }
    }
}

/// A packet is open for a day: that nothing is due in the first six hours, one of 18 to 26 hours
/// has to be sold out.
fn young(place: Place) -> Option<Fate> {
    if place.age < 18 * HOUR {
        return Some(match place.rank % 3 {
            0 => Fate::Partly,
            1 => Fate::Untouched,
            _ => Fate::SoldOut,
        });
    }
    (place.age <= 26 * HOUR).then_some(Fate::SoldOut)
}
