use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use live_rewards_http::{
    cassette::{Pseudonyms, Recorder, ReplayingTransport},
    test_util::{Script, answer},
};
use polyv_live_api::red_pack::RedPackStatistics;

use crate::support::builder;

const SAMPLE: &str = include_str!(
    "../../../vendor-specs/specs/polyv/red_pack/samples/red_pack_statistics.page.json"
);
const CASSETTE: &str = include_str!("../../examples/red_packets.jsonl");

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn request() -> RedPackStatistics {
    RedPackStatistics::new("2812610").page_number(1).page_size(10)
}

#[tokio::test]
async fn the_example_s_cassette_is_what_is_recorded_of_the_sample() {
    let lines = Lines::default();
    let recorder = Recorder::new(lines.clone(), Pseudonyms::new("published sample"));
    let script = Script::new([Ok(answer(200, SAMPLE))]);
    let client = script.direct(builder()).record(recorder).build().unwrap();
    client.send(request()).await.unwrap();
    assert_eq!(String::from_utf8(lines.0.lock().unwrap().clone()).unwrap(), CASSETTE);
}

#[tokio::test]
async fn it_is_replayed_to_any_application() {
    let script = Script::new([]);
    let transport = ReplayingTransport::new(CASSETTE.as_bytes()).unwrap();
    let client = script.direct(builder()).transport(Arc::new(transport)).build().unwrap();
    let page = client.send(request()).await.unwrap();
    let packet = &page.contents[0];
    assert_eq!(packet.amount.fen(), 98);
    let claims = packet.red_pack_receive_list.as_deref().unwrap();
    assert_eq!(claims.iter().map(|claim| claim.amount.fen()).collect::<Vec<_>>(), [41, 57]);
    // The sender claimed, too: one person has one pseudonym.
    assert_eq!(packet.user_id.as_deref(), Some(claims[1].user_id.as_str()));
    assert_eq!(script.drift(), []);
}
