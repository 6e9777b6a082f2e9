//! Vendors that give fewer rows a page than they were asked for.

use futures_util::TryStreamExt;
use live_rewards_core::LiveRewardsExt;
use proptest::prelude::*;

use crate::{
    ahead::read_ids,
    market::{Market, query},
    plan::{Cuts, End, Plan, all, plans},
    run::run,
};

proptest! {
    #[test]
    fn every_row_comes_once_wherever_the_vendor_begins_to_cut_pages(
        plan in plans(),
        ahead in 1_usize..7,
    ) {
        let plan = Plan { broken: None, ..plan };
        prop_assert_eq!(read_ids(&Market::open(&plan), ahead), all(&plan));
    }

    #[test]
    fn every_row_comes_once_though_some_calls_get_cut_pages(
        plan in plans(),
        ahead in 1_usize..7,
        from in 0_usize..20,
        calls in 0_usize..20,
    ) {
        let cuts = Cuts::Calls(from..from + calls);
        let plan = Plan { cuts, end: End::Empty, broken: None, ..plan };
        prop_assert_eq!(read_ids(&Market::open(&plan), ahead), all(&plan));
    }
}

#[test]
fn a_cut_costs_few_calls() {
    for numbers_cut in [true, false] {
        // Page 3 of 10 comes as 5 rows, and so do all after it.
        let plan =
            Plan { size: 10, cap: 5, cuts: Cuts::From(20), numbers_cut, ..Plan::of(vec![0; 50]) };
        let market = Market::open(&plan);
        assert_eq!(read_ids(&market, 1), all(&plan));
        assert!(market.calls() <= 16, "{numbers_cut} {}", market.calls());
    }
}

#[test]
fn rows_that_a_cut_brings_again_do_not_count_as_repeated() {
    // Page 3 of 10 comes as 3 rows, so row 20 is read on a page that begins with row 18.
    let plan = Plan { size: 10, cap: 3, cuts: Cuts::From(20), ..Plan::of(vec![0; 50]) };
    let market = Market::open(&plan);
    let pages: Vec<_> = run(market.red_packet_pages(query(), None).try_collect()).unwrap();
    assert_eq!(pages.iter().map(|page| page.items.len()).sum::<usize>(), 50);
    assert!(pages.iter().all(|page| page.repeated == 0));
}

#[test]
fn a_short_last_page_costs_two_calls_more() {
    let market = Market::open(&Plan { size: 10, ..Plan::of(vec![0; 25]) });
    assert_eq!(read_ids(&market, 1).len(), 25);
    assert_eq!(market.calls(), 5);
}
