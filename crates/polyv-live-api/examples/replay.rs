//! Reads the red packets of a channel from a cassette, as a test does that needs neither network nor credentials.
//!
//! The cassette was made of the sample on Polyv's page, by a client with `.record(Recorder::to_file(…)?)`. In it the red packet has
//! other people, and the same money.

#![expect(clippy::print_stdout, reason = "an example shows what it has")]

use std::sync::Arc;

use polyv_live_api::{
    PolyvClient, PolyvConfig, core::Money, http::cassette::ReplayingTransport,
    red_pack::RedPackStatistics,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cassette = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/red_packets.jsonl");
    let client = PolyvClient::builder(PolyvConfig::new("any id", "any secret"))
        .transport(Arc::new(ReplayingTransport::from_file(cassette)?))
        .build()?;

    let request = RedPackStatistics::new("2812610").page_number(1).page_size(10);
    for packet in client.send(request).await?.contents {
        let claims = packet.red_pack_receive_list.ok_or("the claims are missing")?;
        let claimed =
            Money::checked_sum(claims.iter().map(|claim| claim.amount)).ok_or("overflow")?;
        println!("{} of {} yuan were claimed by {} people", claimed, packet.amount, claims.len());
    }

    // What was not recorded is told, with what is nearest.
    let other = RedPackStatistics::new("2812610").page_number(2).page_size(10);
    if let Err(error) = client.send(other).await {
        println!("{error}");
    }
    Ok(())
}
