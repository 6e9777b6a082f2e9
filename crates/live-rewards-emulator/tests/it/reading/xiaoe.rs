//! Xiaoe's red packets and points accounts.

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::reading::{Account, Claim, Packet, instant, number, text};
use crate::support::{ACCOUNTS, RECORDS, RED_PACKETS, xiaoe, xiaoe_token};

/// Every red packet of Xiaoe with its claims.
pub(crate) async fn xiaoe_packets(emulator: &Emulator) -> Vec<Packet> {
    let token = xiaoe_token(emulator).await;
    let mut packets = Vec::new();
    for live in &emulator.ready().xiaoe.resource_ids {
        let listing = json!({"resource_id": live, "resource_type": 4, "limit": 100});
        for page in 1.. {
            let list = xiaoe(emulator, RED_PACKETS, &token, with_page(&listing, page)).await;
            let rows = list.at("/data");
            let rows = rows.as_array().unwrap();
            for row in rows {
                packets.push(xiaoe_packet(emulator, &token, live, &listing, row).await);
            }
            if rows.len() < 100 {
                break;
            }
        }
    }
    packets
}

async fn xiaoe_packet(
    emulator: &Emulator,
    token: &str,
    live: &str,
    listing: &Value,
    listed: &Value,
) -> Packet {
    let mut body = listing.clone();
    body["red_packet_id"] = listed["id"].clone();
    let mut claims = Vec::new();
    let mut sent = Value::Null;
    for page in 1.. {
        let mut data = xiaoe(emulator, RECORDS, token, with_page(&body, page)).await.at("/data");
        sent = data["send_info"].take();
        let rows = data["record_list"].as_array().unwrap();
        claims.extend(rows.iter().map(|row| Claim {
            user: text(&row["user_id"]),
            at: instant(&row["created_at"]).unwrap(),
            amount: number(&row["money"]),
            best_luck: row["is_optimum_luck"].as_bool().unwrap(),
        }));
        if rows.len() < 100 {
            break;
        }
    }
    claims.reverse();
    let told = [&listed["receive_number"], &sent["receive_number"]];
    assert_eq!(number(&listed["money"]), number(&sent["money"]));
    Packet {
        room: live.to_owned(),
        id: text(&sent["id"]),
        is_equal: sent["receive_type"] == 2,
        state: sent["state"].to_string(),
        created: instant(&sent["created_at"]).unwrap(),
        issued: number(&sent["money"]),
        net: number(&sent["after_deduction_money"]),
        balance: 0,
        refunded: number(&sent["refund_money"]),
        refunded_at: instant(&sent["refund_time"]),
        shares: number(&sent["num"]),
        average: sent.get("average_price").map(number),
        received: told.into_iter().filter(|told| !told.is_null()).map(number).collect(),
        claims,
    }
}

/// Every points account of Xiaoe.
pub(crate) async fn xiaoe_accounts(emulator: &Emulator) -> Vec<Account> {
    let token = xiaoe_token(emulator).await;
    let mut accounts = Vec::new();
    for page in 1.. {
        let body = json!({"page": page, "page_size": 100, "user_ids": null});
        let rows = xiaoe(emulator, ACCOUNTS, &token, body).await.at("/data/list");
        let rows = rows.as_array().unwrap();
        accounts.extend(rows.iter().map(|row| Account {
            user: text(&row["user_id"]),
            total: number(&row["total_balance"]),
            available: number(&row["balance"]),
            frozen: number(&row["freeze_balance"]),
        }));
        if rows.len() < 100 {
            break;
        }
    }
    accounts
}

fn with_page(body: &Value, page: i64) -> Value {
    let mut body = body.clone();
    body["page"] = json!(page);
    body
}
