use futures_util::StreamExt;
use live_rewards_core::{ErrorKind, LiveRewardsExt, Prize, Result};

use crate::{
    club::{Club, lotteries},
    run::run,
};

fn read(club: &Club, ahead: usize) -> Vec<String> {
    let show = |prize: Result<Prize>| match prize {
        Ok(prize) => format!("{} {}", prize.activity, prize.user.id),
        Err(error) => format!("{:?}", error.kind()),
    };
    let prizes: Vec<_> = run(club.prizes_in_room(lotteries().read_ahead(ahead)).collect());
    prizes.into_iter().map(show).collect()
}

#[test]
fn prizes_come_in_the_order_of_their_activities() {
    let activities = vec![("p", Ok(vec!["1", "2", "3"])), ("q", Ok(vec![])), ("r", Ok(vec!["1"]))];
    for ahead in [1, 3] {
        let club = Club { activities: activities.clone(), ..Club::default() };
        assert_eq!(read(&club, ahead), ["p 1", "p 2", "p 3", "r 1"]);
    }
}

#[test]
fn after_an_error_the_next_activity_is_not_asked_for() {
    for kind in [ErrorKind::Blocked, ErrorKind::Decode] {
        let activities = vec![("p", Err(kind)), ("q", Ok(vec!["1"]))];
        let club = Club { activities, ..Club::default() };
        assert_eq!(read(&club, 1), [format!("{kind:?}")]);
        assert_eq!(club.calls(), ["activities 1", "p 1"]);
    }
}
