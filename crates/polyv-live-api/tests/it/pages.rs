use futures_util::TryStreamExt;
use live_rewards_http::{
    Listing,
    test_util::{Script, answer},
};
use polyv_live_api::red_pack::RedPackStatistics;

use crate::support::builder;

fn page(number: u32) -> String {
    format!(
        r#"{{"code":200,"data":{{"totalPages":3,"contents":[{{"redPackId":"p{number}",
            "amount":1,"createdTime":0}}]}}}}"#
    )
}

/// The page that each request asked for.
fn asked(script: &Script) -> Vec<String> {
    let requests = script.transport.requests();
    let value = |query: &str, name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
    };
    let queries = requests.iter().map(|request| request.uri().query().unwrap());
    queries
        .map(|query| format!("{} of {}", value(query, "pageNumber"), value(query, "pageSize")))
        .collect()
}

#[tokio::test]
async fn pages_start_where_the_request_does_and_go_on_from_any() {
    let script = Script::new((1..=4).map(|number| Ok(answer(200, page(number)))));
    let client = script.direct(builder()).build().unwrap();
    let request = RedPackStatistics::new("1").page_size(1);
    let pages: Vec<_> = client.pages(request.clone()).try_collect().await.unwrap();
    assert_eq!(asked(&script), ["1 of 1", "2 of 1", "3 of 1"]);

    let second = pages[0].next.clone().unwrap();
    let mut rest = std::pin::pin!(client.pages(request.at(second)));
    rest.try_next().await.unwrap();
    assert_eq!(asked(&script)[3], "2 of 1");
}
