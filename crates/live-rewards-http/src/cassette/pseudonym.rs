use common_signing::{HexCase, MacAlgorithm, hmac};
use secrecy::{ExposeSecret, SecretString};

/// Gives persons other names: the same person the same name in every answer and every recording under one key.
///
/// A pseudonym is the beginning of an HMAC-SHA256. Without the key nobody can tell whose it is, not even by trying all users; so keep the
/// key to yourself, and make it long and random. An id of digits gets an id of digits, which stays a number where it was one.
/// Empty values and `0` stay.
#[derive(Clone, Debug)]
pub struct Pseudonyms {
    key: SecretString,
    ids: Vec<String>,
    names: Vec<String>,
}

/// What of a person a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    Id,
    Name,
    Picture,
}

/// Ends of names, in lower case and without `_` and `-`.
const IDS: &[&str] = &[
    "userid",
    "userids",
    "viewerid",
    "viewerids",
    "openid",
    "openids",
    "unionid",
    "memberid",
    "svipid",
    "esskip",
    "phone",
    "mobile",
    "email",
    "idcard",
];
const NAMES: &[&str] = &["nickname", "username", "viewername", "realname", "fullname"];
const PICTURES: &[&str] = &["avatar", "avatarurl", "headimg", "headimgurl", "portrait"];
const SECRETS: &[&str] =
    &["token", "secret", "secretkey", "appkey", "privatekey", "password", "signature"];

impl Pseudonyms {
    /// Pseudonyms under a key.
    pub fn new(key: impl Into<SecretString>) -> Self {
        Self { key: key.into(), ids: Vec::new(), names: Vec::new() }
    }

    /// Replaces the values of this member or parameter, too, as ids of persons.
    pub fn id_member(mut self, name: &str) -> Self {
        self.ids.push(plain(name));
        self
    }

    /// Replaces the values of this member or parameter, too, as names of persons.
    pub fn name_member(mut self, name: &str) -> Self {
        self.names.push(plain(name));
        self
    }

    /// The pseudonym of an id, as it stands in the cassettes.
    pub fn id(&self, id: &str) -> String {
        self.of(Person::Id, id)
    }

    /// The pseudonym of a nickname, as it stands in the cassettes.
    pub fn name(&self, name: &str) -> String {
        self.of(Person::Name, name)
    }

    pub(super) fn of(&self, person: Person, text: &str) -> String {
        if text.is_empty() || text == "0" {
            return text.to_owned();
        }
        let kind = match person {
            Person::Id => "id",
            Person::Name => "name",
            Person::Picture => "picture",
        };
        let mac = hmac(
            MacAlgorithm::Sha256,
            HexCase::Lower,
            self.key.expose_secret(),
            [kind, "\0", text],
        );
        let short = mac.as_str().get(..16).unwrap_or_default();
        match person {
            Person::Id if text.bytes().all(|byte| byte.is_ascii_digit()) => digits(short),
            Person::Id => format!("user-{short}"),
            Person::Name => format!("name-{short}"),
            Person::Picture => format!("https://example.invalid/{short}"),
        }
    }

    /// What of a person stands under a member's name.
    pub(super) fn person(&self, name: &str) -> Option<Person> {
        let name = plain(name);
        let ends = |with: &[&str]| with.iter().any(|end| name.ends_with(end));
        if ends(IDS) || self.ids.contains(&name) {
            Some(Person::Id)
        } else if ends(NAMES) || self.names.contains(&name) {
            Some(Person::Name)
        } else {
            ends(PICTURES).then_some(Person::Picture)
        }
    }
}

/// Whether a member of an answer is a secret by its name.
pub(super) fn is_secret(name: &str) -> bool {
    let name = plain(name);
    name == "sign" || SECRETS.iter().any(|end| name.ends_with(end))
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Fifteen digits, the first of them not 0: a number that every JSON reader keeps whole.
fn digits(hex: &str) -> String {
    const LEAST: u64 = 100_000_000_000_000;
    let number = u64::from_str_radix(hex, 16).unwrap_or_default();
    (LEAST + number % (9 * LEAST)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_pseudonym_under_a_key_and_another_under_another() {
        let pseudonyms = Pseudonyms::new("key");
        // Computed with Python's hmac.
        assert_eq!(pseudonyms.id("ovtl9tAAAAAHBBA8QUNVjjM4WIs"), "user-28897f1d4bb99e4a");
        assert_eq!(pseudonyms.id("13800138000"), "435857059203810");
        assert_eq!(pseudonyms.name("神经蛙"), "name-46cb1fdbdfb951fe");
        assert_ne!(pseudonyms.id("a"), Pseudonyms::new("other").id("a"));
        assert_ne!(pseudonyms.id("a"), pseudonyms.id("b"));
        assert_eq!([pseudonyms.id(""), pseudonyms.id("0")], ["", "0"]);
    }

    #[test]
    fn members_are_known_by_their_names() {
        let pseudonyms = Pseudonyms::new("key").id_member("seller_no").name_member("teacher");
        for (person, names) in [
            (
                Some(Person::Id),
                "userId user_id user_ids fromUserId toUserId send_user_id current_user_id openId es_skip sellerNo",
            ),
            (Some(Person::Name), "nickName wx_nickname userName teacher"),
            (Some(Person::Picture), "avatar wx_avatar headimgurl"),
            (
                None,
                "id redPackId channelId order_id giftName app_id sessionId money createdTime name",
            ),
        ] {
            for name in names.split(' ') {
                assert_eq!(pseudonyms.person(name), person, "{name}");
            }
        }
        assert!(is_secret("access_token") && is_secret("appSecret") && is_secret("sign"));
        assert!(!is_secret("design") && !is_secret("money"));
    }

    #[test]
    fn the_key_is_not_shown() {
        assert!(!format!("{:?}", Pseudonyms::new("hunter2")).contains("hunter2"));
    }
}
