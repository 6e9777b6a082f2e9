//! Listings that are read by months, and by what a row says of its place.

use std::pin::pin;

use futures_util::TryStreamExt;
use live_rewards_core::{Cursor, ErrorKind, Month, PointsEntryQuery, Position, Query, UserQuery};
use live_rewards_http::{
    Answer, Effect, Endpoint, EndpointInfo, Listing, Method, PageFacts, Paging, PagingStyle,
    ParameterValue, Parameters, ParametersIn, Rows, Service, Shape, TransportError,
    test_util::Script, wire,
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::shop::{Shop, ShopClient, good};

#[derive(Clone, Debug, Default)]
struct Diary {
    month: Option<Month>,
    page: Option<u32>,
    size: Option<u32>,
}

#[derive(Clone, Debug, Default)]
struct Members {
    after: Option<String>,
    size: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(deserialize_with = "wire::integer")]
    id: u32,
    #[serde(default, deserialize_with = "wire::optional::json")]
    place: Option<String>,
}

const INFO: EndpointInfo = EndpointInfo {
    id: "diary",
    method: Method::GET,
    path: "/diary",
    parameters: ParametersIn::Query,
    effect: Effect::Read,
    limit: None,
    shape: Shape::List,
};

impl Endpoint for Diary {
    type Service = Shop;
    type Output = Rows<Row>;
    const INFO: EndpointInfo = INFO;

    fn parameters(&self, parameters: &mut Parameters) {
        parameters.push_some("month", self.month.map(Month::to_underscored));
        parameters.push_some("page", self.page);
        parameters.push_some("size", self.size);
    }
}

impl Listing for Diary {
    const PAGING: Paging =
        Paging { style: PagingStyle::CalendarMonth, size: 9, max_size: Some(9), last_page: None };

    fn start(&self) -> Position {
        let page = Self::PAGING.start(self.page.map(u64::from), self.size);
        match self.month {
            Some(month) => page.in_months(month, month),
            None => page,
        }
    }

    fn at(mut self, position: Position) -> Self {
        if let Position::Month { month, .. } = &position {
            self.month = Some(*month);
        }
        Self { page: Some(position.page()), size: Some(position.size()), ..self }
    }

    fn facts(output: &Rows<Row>) -> PageFacts {
        PageFacts { rows: output.received(), ..PageFacts::default() }
    }
}

impl Endpoint for Members {
    type Service = Shop;
    type Output = Rows<Row>;
    const INFO: EndpointInfo =
        EndpointInfo { id: "members", method: Method::POST, path: "/members", ..INFO };

    fn parameters(&self, parameters: &mut Parameters) {
        parameters.push_some("size", self.size);
        parameters.push_some("after", self.after.clone().map(ParameterValue::Json));
    }
}

impl Listing for Members {
    const PAGING: Paging =
        Paging { style: PagingStyle::Cursor, size: 9, max_size: Some(9), last_page: None };

    fn start(&self) -> Position {
        let first = Self::PAGING.start(None, self.size);
        match &self.after {
            Some(token) => Position::After { token: token.clone(), size: first.size() },
            None => first,
        }
    }

    fn at(self, position: Position) -> Self {
        let size = Some(position.size());
        match position {
            Position::After { token, .. } => Self { after: Some(token), size },
            _ => Self { size, ..self },
        }
    }

    fn facts(output: &Rows<Row>) -> PageFacts {
        PageFacts {
            rows: output.received(),
            after: output.last_json("place", |row| row.place.clone()),
            ..PageFacts::default()
        }
    }
}

fn script<'a>(answers: impl IntoIterator<Item = &'a str>) -> Script {
    let answers: Vec<Result<Answer, TransportError>> =
        answers.into_iter().map(|rows| Ok(good(rows))).collect();
    Script::new(answers)
}

/// What was asked for, without what authorises it.
fn asked(script: &Script) -> Vec<String> {
    let queries = script.transport.requests().into_iter().map(|request| {
        let query = request.uri().query().unwrap_or_default().as_bytes().to_vec();
        let pairs = form_urlencoded::parse(&query)
            .filter(|(name, _)| !matches!(&**name, "timestamp" | "nonce" | "sign"));
        let pairs: Vec<_> = pairs.map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join(" ")
    });
    queries.collect()
}

/// Reads all pages, and takes each cursor through its text.
async fn ids<L: Listing<Service = Shop, Output = Rows<Row>>>(
    script: &Script,
    request: L,
    query: &impl Query,
) -> Vec<u32> {
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let mut ids = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let fetched = client.0.page(request.clone(), query, cursor.as_ref()).await.unwrap();
        let page = fetched.into_page(|rows| (rows.items, rows.rejected));
        ids.extend(page.items.iter().map(|row| row.id));
        match page.next {
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn each_month_is_read_to_its_end_in_pages_of_the_size_asked_for() {
    let script = script(["[{\"id\":1}]", "[]", "[]", "[{\"id\":2},{\"id\":3}]", "null"]);
    let (first, last) = ("2025-11".parse().unwrap(), "2026-01".parse().unwrap());
    let query = PointsEntryQuery::new(first, last).page_size(2);
    assert_eq!(ids(&script, Diary::default(), &query).await, [1, 2, 3]);
    insta::assert_debug_snapshot!(asked(&script), @r#"
    [
        "month=2025_11 page=1 size=2",
        "month=2025_11 page=2 size=1",
        "month=2025_12 page=1 size=2",
        "month=2026_01 page=1 size=2",
        "month=2026_01 page=2 size=2",
    ]
    "#);
}

#[tokio::test]
async fn a_typed_request_reads_its_month_or_that_which_the_vendor_takes() {
    for (month, sent) in [(Some("2025-11"), "month=2025_11 "), (None, "")] {
        let script = script(["[{\"id\":1},{\"id\":2}]", "[]"]);
        let client = script.direct(ShopClient::builder()).build().unwrap();
        let month = month.map(|month| month.parse().unwrap());
        let request = Diary { month, page: Some(3), size: Some(2) };
        let mut pages = pin!(client.0.pages(request));
        while pages.try_next().await.unwrap().is_some() {}
        assert_eq!(asked(&script), [3, 4].map(|page| format!("{sent}page={page} size=2")));
    }
}

#[tokio::test]
async fn a_listing_goes_on_behind_its_last_row_also_if_that_is_rejected() {
    let script = script([
        r#"[{"id":1,"place":{"at":[1]}},{"id":"?","place":{"at":[2]}}]"#,
        r#"[{"id":"?","place":"3"}]"#,
        r#"[{"id":4,"place":4.0}]"#,
        "[]",
    ]);
    let query = UserQuery::all().page_size(2);
    assert_eq!(ids(&script, Members::default(), &query).await, [1, 4]);
    insta::assert_debug_snapshot!(asked(&script), @r#"
    [
        "size=2",
        "size=2 after={\"at\":[2]}",
        "size=2 after=\"3\"",
        "size=2 after=4.0",
    ]
    "#);
}

#[tokio::test]
async fn a_typed_request_goes_on_from_where_it_is_told() {
    let script = script([r#"[{"id":1,"place":7}]"#, r#"[{"id":2,"place":null}]"#]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let request = Members { after: Some("{}".to_owned()), size: None };
    let mut pages = pin!(client.0.pages(request));
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.next, Some(Position::After { token: "7".to_owned(), size: 9 }));
    // A row that doesn't say where it stands is the last one.
    assert_eq!(pages.try_next().await.unwrap().unwrap().next, None);
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(asked(&script), ["size=9 after={}", "size=9 after=7"]);
}

#[tokio::test]
async fn a_cursor_of_another_style_or_size_is_not_followed() {
    let script = Script::new([]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let months = PointsEntryQuery::new(month(0), month(1));
    let in_month = |size| Position::Month {
        month: month(0),
        last: month(1),
        number: 1,
        size,
        first_size: size,
    };
    let page = |size| Position::Page { number: 1, size };
    let mut refused = Vec::new();
    for at in [page(9), in_month(10)] {
        let cursor = Cursor::new(Shop::VENDOR, &months, at);
        let read = client.0.page(Diary::default(), &months, Some(&cursor)).await;
        refused.push(read.unwrap_err());
    }
    for at in [page(9), Position::After { token: "7".to_owned(), size: 10 }] {
        let query = UserQuery::all();
        let cursor = Cursor::new(Shop::VENDOR, &query, at);
        let read = client.0.page(Members::default(), &query, Some(&cursor)).await;
        refused.push(read.unwrap_err());
    }
    assert!(script.transport.requests().is_empty());
    assert!(refused.iter().all(|error| error.kind() == ErrorKind::InvalidInput));
    insta::assert_snapshot!(refused[0], @"xiaoe diary: invalid input: the cursor names no page that this listing has; start again without it");
}

fn paging(style: PagingStyle) -> Paging {
    Paging { style, size: 100, max_size: None, last_page: None }
}

fn month(number: usize) -> Month {
    Month::new(2025, u8::try_from(number).unwrap() + 1).unwrap()
}

proptest! {
    /// The vendor cuts pages at a size of its own.
    #[test]
    fn every_row_of_every_month_comes_once_and_in_order(
        months in proptest::collection::vec(0_u32..40, 1..6),
        cap in 1_u32..20,
        size in 1_u32..20,
    ) {
        let mut read = Vec::new();
        let query = PointsEntryQuery::new(month(0), month(months.len() - 1)).page_size(size);
        let mut next = Some(paging(PagingStyle::CalendarMonth).first_of(&query));
        while let Some(at) = next {
            let Position::Month { month, number, size, .. } = &at else {
                panic!("{at:?}");
            };
            let rows = months[usize::from(month.month()) - 1];
            let size = *size.min(&cap);
            let page = ((number - 1) * size).min(rows)..(number * size).min(rows);
            let facts = PageFacts { rows: page.len(), ..PageFacts::default() };
            read.extend(page.map(|row| (*month, row)));
            next = paging(PagingStyle::CalendarMonth).next(&at, &facts);
        }
        let all = months.iter().enumerate();
        let all: Vec<_> =
            all.flat_map(|(at, rows)| (0..*rows).map(move |row| (month(at), row))).collect();
        prop_assert_eq!(read, all);
    }

    #[test]
    fn every_row_behind_another_comes_once_and_in_order(
        rows in 0_usize..100,
        cap in 1_u32..20,
        size in 1_u32..20,
    ) {
        let mut read = Vec::new();
        let query = UserQuery::all().page_size(size);
        let mut next = Some(paging(PagingStyle::Cursor).first_of(&query));
        while let Some(at) = next {
            let begin: usize = match &at {
                Position::After { token, .. } => token.parse().unwrap(),
                _ => 0,
            };
            let page = begin..(begin + at.size().min(cap) as usize).min(rows);
            let after = page.clone().last().map(|row| (row + 1).to_string());
            let facts = PageFacts { rows: page.len(), after, ..PageFacts::default() };
            read.extend(page);
            next = paging(PagingStyle::Cursor).next(&at, &facts);
        }
        prop_assert_eq!(read, (0..rows).collect::<Vec<usize>>());
    }
}
