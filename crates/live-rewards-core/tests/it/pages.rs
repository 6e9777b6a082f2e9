use live_rewards_core::{Error, ErrorKind, LiveRewardsExt, Page, RedPacket, Result};

use crate::shop::{Shop, all, cursor, page, query, rejected, shown};

fn shop(pages: impl IntoIterator<Item = Result<Page<RedPacket>>>) -> Shop {
    let shop = Shop::default();
    shop.packets.lock().unwrap().extend(pages);
    shop
}

fn read(pages: impl IntoIterator<Item = Result<Page<RedPacket>>>) -> Vec<String> {
    shown(all(shop(pages).red_packets(query())))
}

#[test]
fn an_empty_page_in_the_middle_is_no_end() {
    let pages = [page(&["a"], Some(2)), page(&[], Some(3)), page(&["b"], None)];
    assert_eq!(read(pages.map(Ok)), ["a", "b"]);
}

#[test]
fn rows_that_shift_onto_the_next_page_come_once() {
    let pages = [page(&["a", "b"], Some(2)), page(&["b", "c"], Some(3)), page(&["c"], None)];
    assert_eq!(read(pages.map(Ok)), ["a", "b", "c"]);
}

#[test]
fn rows_that_are_dropped_are_counted() {
    let pages = [page(&["a", "b", "b"], Some(2)), page(&["b", "c"], Some(3)), page(&["d"], None)];
    let shop = shop(pages.map(Ok));
    let pages = all(shop.red_packet_pages(query(), None));
    let repeated: Vec<_> = pages.into_iter().map(|page| page.unwrap().repeated).collect();
    assert_eq!(repeated, [1, 1, 0]);
}

#[test]
fn a_row_that_stands_twice_on_a_page_comes_once_and_does_not_pass_for_one_that_moved() {
    let ends = [page(&["c", "c"], Some(4)), page(&["d"], None)];
    let pages = [page(&["a"], Some(2)), page(&["b"], Some(3))].into_iter().chain(ends);
    // Had the listing moved, the last page would be asked for again, and there is none.
    let shop = shop(pages.map(Ok));
    assert_eq!(shown(all(shop.red_packets(query().read_ahead(2)))), ["a", "b", "c", "d"]);
}

#[test]
fn equal_rejected_rows_of_a_page_all_come() {
    let mut second = rejected(1);
    second.raw = rejected(0).raw;
    let mut only = page(&["a"], None);
    only.rejected = vec![rejected(0), second];
    assert_eq!(read([Ok(only)]), ["RejectedRow", "RejectedRow", "a"]);
}

#[test]
fn a_burst_that_repeats_a_whole_page_is_no_end() {
    // Two rows were inserted at the head: page 2 is what page 1 was.
    let pages = [page(&["a", "b"], Some(2)), page(&["a", "b"], Some(3)), page(&["c"], None)];
    assert_eq!(read(pages.map(Ok)), ["a", "b", "c"]);
}

#[test]
fn a_vendor_that_repeats_its_last_page_is_not_read_without_end() {
    let first = [page(&["a", "b"], Some(2))];
    let last = (3..).map(|next| page(&["c", "d"], Some(next)));
    assert_eq!(read(first.into_iter().chain(last).take(50).map(Ok)), ["a", "b", "c", "d"]);
}

#[test]
fn a_last_page_of_rejected_rows_is_not_read_without_end() {
    let last = (2..).map(|next| {
        let mut page = page(&[], Some(next));
        page.rejected = vec![rejected(0)];
        page
    });
    let read = read(last.take(50).map(Ok));
    assert!(read.len() <= 3 && read.iter().all(|item| item == "RejectedRow"), "{read:?}");
}

#[test]
fn a_total_is_believed_over_a_page_without_news() {
    let told = |ids: &[&str], next| {
        let mut page = page(ids, next);
        page.total = Some(9);
        page
    };
    let pages = [told(&["a"], Some(2)), told(&["a"], Some(3)), told(&["a"], Some(4))];
    let pages = pages.into_iter().chain([told(&["b"], None)]);
    assert_eq!(read(pages.map(Ok)), ["a", "b"]);
}

#[test]
fn a_vendor_that_repeats_its_last_page_though_the_total_is_met_is_not_read_without_end() {
    let told = |ids: &[&str], next| {
        let mut page = page(ids, Some(next));
        page.total = Some(2);
        page
    };
    let pages = [told(&["a"], 2)].into_iter().chain((3..).map(|next| told(&["b"], next)));
    assert_eq!(read(pages.take(50).map(Ok)), ["a", "b"]);
}

#[test]
fn a_page_that_can_not_be_read_ends_the_stream() {
    let unreadable = Err(Error::new(ErrorKind::Decode, "not JSON"));
    let pages = [Ok(page(&["a"], Some(2))), unreadable, Ok(page(&["b"], None))];
    assert_eq!(read(pages), ["a", "Decode"]);
}

#[test]
fn a_rejected_row_is_an_error_at_its_place() {
    let mut first = page(&["a", "c"], Some(2));
    first.rejected = vec![rejected(1)];
    assert_eq!(read([first, page(&["d"], None)].map(Ok)), ["a", "RejectedRow", "c", "d"]);
}

#[test]
fn another_error_ends_the_stream() {
    let timeout = || Err(Error::new(ErrorKind::Timeout, "no answer"));
    let pages = [Ok(page(&["a"], Some(2))), timeout(), Ok(page(&["b"], None))];
    assert_eq!(read(pages), ["a", "Timeout"]);
}

#[test]
fn a_listing_that_does_not_advance_is_an_error() {
    let pages = [page(&["a"], Some(2)), page(&["b"], Some(2)), page(&["c"], Some(2))];
    assert_eq!(read(pages.map(Ok)), ["a", "Vendor"]);
}

#[test]
fn pages_are_asked_for_from_the_cursor_on() {
    let shop = shop([page(&["c"], Some(4)), page(&["d"], None)].map(Ok));
    let pages = all(shop.red_packet_pages(query(), Some(cursor(3))));
    assert_eq!(pages.len(), 2);
    let asked = [3, 4].map(|number| Some(cursor(number).to_string()));
    assert_eq!(*shop.asked.lock().unwrap(), asked);
}
