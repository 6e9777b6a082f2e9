use live_rewards_http::{Retry, TransportError, test_util::Script};

use crate::shop::{Read, SECRET, ShopClient, coded};

#[tokio::test]
async fn the_secret_is_in_no_form_of_client_or_error() {
    let outcomes = [Ok(coded(10)), Err(TransportError::broken_off("reset"))];
    for outcome in outcomes {
        let script = Script::new([outcome]);
        let client = script.direct(ShopClient::builder()).retry(Retry::none()).build().unwrap();
        let error = client.send(Read).await.unwrap_err();
        let sent = script.transport.requests();
        assert!(sent[0].uri().query().unwrap().contains(SECRET), "it was sent");
        for shown in [format!("{client:?}"), format!("{error:?}"), error.to_string()] {
            assert!(!shown.contains(SECRET), "{shown}");
        }
    }
}
