//! What is recorded of the vendors' calls, by the descriptions and examples that the specs have of them.

use std::{collections::BTreeSet, time::Duration};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use live_rewards_http::{
    CredentialNames,
    cassette::{Pseudonyms, Recorder},
    test_util::{ScriptedTransport, answer},
};
use serde_json::{Map, Value, json};

use crate::writers::Lines;

const DESCRIPTIONS: [&str; 3] = [
    include_str!("../../../../polyv-live-api/openapi.json"),
    include_str!("../../../../xiaoe-api/openapi.json"),
    include_str!("../../../../yxt-zhibo-api/openapi.json"),
];

/// All members of rows that are replaced. A member that is new in a spec is to be found here, or among those that are known to be of no
/// person.
const MEMBERS: &str = "
    address area avatar bind_phone business_id clientDevice collectInfo collect_phone descrb describe_msg device draw_nickname
    draw_user_id email forward_url fromUserId hostId invitee label lastCollectMobile latestAccessIp mobile name nickName nickname openId
    param4 param5 preset prize_param publisher receiverAvatar receiverCity receiverNickname receiverOpenId receiverRegion
    receiverViewerId remark send_user_id set_nickname set_user_id source_id summary svip_id telephone toUserId userId userName user_id
    user_nickname userid value viewerId viewerName viewerNickName viewerUnionId winnerCode wxAvatar wxNickName wxOpenId wxUnionId
    wx_app_open_id wx_avatar wx_nickname wx_open_id wx_union_id
";

/// Those of which nothing stays, whatever stands in them: what it is, the vendors don't say.
const WHOLE: &str = "es_skip goods_info ios_applet_desc module_info relation_info role_info";

const PARAMETERS: &str = "
    area current_user_id email es_skip key keyword mobile name nickname phone remark senderViewerId user_id user_id_list user_ids
    viewerId viewerUnionId
";

fn names(list: &str) -> BTreeSet<&str> {
    list.split_whitespace().collect()
}

/// One line of a cassette.
async fn recorded(method: &str, path: &str, parameters: &Value, body: &Value) -> Value {
    let lines = Lines::default();
    let recorder = Recorder::new(lines.clone(), Pseudonyms::new("key"));
    let transport = recorder.around(ScriptedTransport::new([Ok(answer(200, body.to_string()))]));
    let mut request = http::Request::builder()
        .method(method)
        .uri(format!("https://any.example.com{path}"))
        .header(CONTENT_TYPE, "application/json")
        .body(Bytes::from(parameters.to_string()))
        .unwrap();
    let names = &["client_id", "signatureMethod", "signatureNonce"];
    request.extensions_mut().insert(CredentialNames::new(names));
    transport.send(request, Duration::from_secs(1)).await.unwrap();
    serde_json::from_str(&lines.text()).unwrap()
}

/// The names among these whose values are replaced.
fn replaced(recorded: &Value, asked: &Map<String, Value>) -> BTreeSet<String> {
    let is_replaced = |(name, value): &(&String, &Value)| recorded.get(name).unwrap() != *value;
    asked.iter().filter(is_replaced).map(|(name, _)| name.clone()).collect()
}

/// An object with all of these members, of which each could be a person.
fn all(names: impl IntoIterator<Item = String>, text: &str) -> Map<String, Value> {
    names.into_iter().map(|name| (name, json!(text))).collect()
}

#[tokio::test]
async fn of_members_and_parameters_all_but_those_of_no_person_are_replaced() {
    let (mut members, mut parameters) = (BTreeSet::new(), BTreeSet::new());
    for description in DESCRIPTIONS {
        let description: Value = serde_json::from_str(description).unwrap();
        let schemas = description["components"]["schemas"].as_object().unwrap();
        for schema in schemas.values() {
            let properties = schema["properties"].as_object().into_iter().flatten();
            members.extend(
                properties.filter(|(_, of)| is_single(of, schemas)).map(|(name, _)| name.clone()),
            );
        }
        for operation in operations(&description) {
            let given = operation.what["parameters"].as_array().into_iter().flatten();
            let given = given.filter(|parameter| parameter["in"] == "query");
            parameters
                .extend(given.map(|parameter| parameter["name"].as_str().unwrap().to_owned()));
            let bodies = operation.what["requestBody"]["content"].as_object();
            for body in bodies.into_iter().flat_map(Map::values) {
                let properties = body["schema"]["properties"].as_object().into_iter().flatten();
                parameters.extend(properties.map(|(name, _)| name.clone()));
            }
        }
    }
    for credential in ["access_token", "secret_key", "sign"] {
        members.remove(credential);
        parameters.remove(credential);
    }
    for credential in ["client_id", "signatureMethod", "signatureNonce"] {
        parameters.remove(credential);
    }
    assert!(members.len() > 200 && parameters.len() > 60);

    // A message that named whom the request asks for would be replaced, too.
    let (members, parameters) = (all(members, "神经蛙"), all(parameters, "飞天猪"));
    let line = recorded("POST", "/any", &json!(parameters), &json!(members)).await;
    let of_rows = replaced(&line["response"]["json"], &members);
    assert_eq!(of_rows.iter().map(String::as_str).collect::<BTreeSet<_>>(), names(MEMBERS));
    let asked = replaced(&line["request"]["parameters"], &parameters);
    assert_eq!(asked.iter().map(String::as_str).collect::<BTreeSet<_>>(), names(PARAMETERS));
}

/// Whether a member is a text, a number or a list of such, and not an object or what isn't described.
fn is_single(schema: &Value, schemas: &Map<String, Value>) -> bool {
    let described = ["$ref", "type", "anyOf", "enum"].iter().any(|key| schema.get(key).is_some());
    let refers_to_objects = schemas.iter().any(|(name, other)| {
        let reference = format!("\"#/components/schemas/{name}\"");
        other.get("properties").is_some() && schema.to_string().contains(&reference)
    });
    described && !refers_to_objects
}

#[tokio::test]
async fn examples_keep_their_form_and_all_that_is_of_no_person() {
    let mut count = 0;
    for description in DESCRIPTIONS {
        let description: Value = serde_json::from_str(description).unwrap();
        for operation in operations(&description) {
            for example in examples(&operation.what["responses"]) {
                let line = recorded(&operation.method, &operation.path, &json!({}), example).await;
                compare(example, &line["response"]["json"], &operation.path, "");
                count += 1;
            }
        }
    }
    assert!(count >= 46, "{count}");
}

struct Operation<'a> {
    method: String,
    path: String,
    what: &'a Value,
}

fn operations(description: &Value) -> impl Iterator<Item = Operation<'_>> {
    description["paths"].as_object().unwrap().iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(move |(method, what)| Operation {
            method: method.to_uppercase(),
            path: path.replace(['{', '}'], ""),
            what,
        })
    })
}

/// The bodies of examples, of successes and refusals.
fn examples(responses: &Value) -> Vec<&Value> {
    let each = responses.as_object().unwrap().values();
    let examples =
        each.filter_map(|response| response["content"]["application/json"]["examples"].as_object());
    examples.flat_map(Map::values).map(|example| &example["value"]).collect()
}

/// Compares what an example says with what is recorded of it, under a member's name.
fn compare(example: &Value, recorded: &Value, path: &str, name: &str) {
    match (example, recorded) {
        (Value::Object(example), Value::Object(recorded)) => {
            assert!(example.keys().eq(recorded.keys()), "{path} {name}");
            for (member, value) in example {
                let name = if names(WHOLE).contains(name) { name } else { member.as_str() };
                compare(value, &recorded[member], path, name);
            }
        }
        (Value::Array(example), Value::Array(recorded)) => {
            assert_eq!(example.len(), recorded.len(), "{path} {name}");
            for (value, recorded) in example.iter().zip(recorded) {
                compare(value, recorded, path, name);
            }
        }
        (Value::String(example), Value::String(recorded)) => {
            if let (Ok(example @ (Value::Object(_) | Value::Array(_))), Ok(recorded)) =
                (serde_json::from_str(example), serde_json::from_str(recorded))
            {
                compare(&example, &recorded, path, name);
            } else {
                let stays = example.is_empty() || example == "0" || !is_person(path, name);
                let removed = name == "access_token" && recorded == "removed";
                assert!((example == recorded) == stays || removed, "{path} {name} {recorded}");
            }
        }
        (Value::Number(example), Value::Number(recorded)) => {
            let stays = example.as_i64() == Some(0) || !is_person(path, name);
            assert_eq!(example == recorded, stays, "{path} {name} {recorded}");
        }
        _ => assert_eq!(example, recorded, "{path} {name}"),
    }
}

fn is_person(path: &str, name: &str) -> bool {
    // A person's in a viewer's record, in which the examples have none, and in a win.
    let of_a_thing = name == "name" && !path.contains("/viewer") && !path.contains("/lottery/");
    !of_a_thing && (names(MEMBERS).contains(name) || names(WHOLE).contains(name))
}
