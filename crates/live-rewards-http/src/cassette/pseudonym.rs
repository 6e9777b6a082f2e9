use common_signing::{HexCase, MacAlgorithm, hmac};
use secrecy::{ExposeSecret, SecretString};

use super::known::{self, Treatment};

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
    kept: Vec<String>,
}

/// What of a person a value is. What is neither a name nor a picture is taken for an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    Id,
    Name,
    Picture,
}

/// Which half of an exchange a value stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Request,
    Answer,
}

/// Ends of names, in lower case and without `_` and `-`.
const NAMES: &[&str] = &["nickname", "username", "viewername", "realname", "fullname", "publisher"];
const PICTURES: &[&str] = &["avatar", "avatarurl", "headimg", "headimgurl", "portrait"];
const SECRETS: &[&str] =
    &["token", "secret", "secretkey", "appkey", "privatekey", "password", "signature"];

impl Pseudonyms {
    /// Pseudonyms under a key.
    pub fn new(key: impl Into<SecretString>) -> Self {
        Self { key: key.into(), ids: Vec::new(), names: Vec::new(), kept: Vec::new() }
    }

    /// Replaces the values of this member or parameter as ids of persons, also where it is known to be of none.
    pub fn id_member(mut self, name: &str) -> Self {
        self.ids.push(plain(name));
        self
    }

    /// Replaces the values of this member or parameter as names of persons, also where it is known to be of none.
    pub fn name_member(mut self, name: &str) -> Self {
        self.names.push(plain(name));
        self
    }

    /// Leaves the values of this member or parameter as they are: they are of no person. What stands in an object is judged by its own
    /// names.
    pub fn kept_member(mut self, name: &str) -> Self {
        self.kept.push(plain(name));
        self
    }

    /// The pseudonym of an id, as it stands in the cassettes; of whatever else is replaced, too, but for names and pictures.
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
        let mac = self.mac(kind, text);
        match person {
            Person::Id if text.bytes().all(|byte| byte.is_ascii_digit()) => digits(&mac),
            Person::Id => format!("user-{mac}"),
            Person::Name => format!("name-{mac}"),
            Person::Picture => format!("https://example.invalid/{mac}"),
        }
    }

    /// The pseudonym of a JSON number, which is one, too.
    pub(super) fn number(&self, number: &str) -> String {
        if number == "0" { number.to_owned() } else { digits(&self.mac("id", number)) }
    }

    fn mac(&self, kind: &str, text: &str) -> String {
        let key = self.key.expose_secret();
        let mac = hmac(MacAlgorithm::Sha256, HexCase::Lower, key, [kind, "\0", text]);
        mac.as_str().get(..16).unwrap_or_default().to_owned()
    }

    /// What becomes of the value of a member or parameter in a call of this path.
    pub(super) fn treatment(&self, name: &str, path: &str, half: Half) -> Treatment {
        let name = plain(name);
        if self.ids.contains(&name) {
            return Treatment::Replaced(Person::Id);
        }
        if self.names.contains(&name) {
            return Treatment::Replaced(Person::Name);
        }
        let of_no_person = match name.as_str() {
            "name" => known::names_things(path),
            // A vendor's code of an error, but in requests a part of a name that is looked for.
            "key" => half == Half::Answer,
            _ => false,
        };
        if of_no_person || self.kept.contains(&name) {
            return Treatment::Stays;
        }
        known::treatment(&name).unwrap_or_else(|| Treatment::Replaced(person(&name)))
    }
}

/// What of a person stands under a name that isn't known to be of none.
fn person(name: &str) -> Person {
    let ends = |with: &[&str]| with.iter().any(|end| name.ends_with(end));
    if matches!(name, "name" | "key") || ends(NAMES) {
        Person::Name
    } else if ends(PICTURES) {
        Person::Picture
    } else {
        Person::Id
    }
}

/// Whether a member of an answer is a secret by its name.
pub(super) fn is_secret(name: &str) -> bool {
    let name = plain(name);
    name == "sign" || SECRETS.iter().any(|end| name.ends_with(end))
}

/// A name in lower case and without `_` and `-`.
pub(super) fn plain(name: &str) -> String {
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
        assert_eq!(pseudonyms.number("13800138000"), pseudonyms.id("13800138000"));
        assert_eq!(pseudonyms.name("神经蛙"), "name-46cb1fdbdfb951fe");
        assert_ne!(pseudonyms.id("a"), Pseudonyms::new("other").id("a"));
        assert_ne!(pseudonyms.id("a"), pseudonyms.id("b"));
        assert_eq!([pseudonyms.id(""), pseudonyms.id("0"), pseudonyms.number("0")], ["", "0", "0"]);
    }

    fn treatment(name: &str) -> Treatment {
        let pseudonyms =
            Pseudonyms::new("key").id_member("order_id").name_member("teacher").kept_member("room");
        pseudonyms.treatment(name, "/list", Half::Answer)
    }

    #[test]
    fn members_are_known_by_their_names() {
        for (expected, names) in [
            (
                Treatment::Replaced(Person::Id),
                "userId user_id user_ids user_id_list fromUserId send_user_id openId es_skip invitee telephone address unheardOf orderId",
            ),
            (
                Treatment::Replaced(Person::Name),
                "nickName wx_nickname userName publisher name teacher",
            ),
            (Treatment::Replaced(Person::Picture), "avatar wx_avatar headimgurl"),
            (
                Treatment::Stays,
                "id redPackId channelId room giftName app_id sessionId money createdTime created_time",
            ),
            (Treatment::Within, "list contents ext"),
            (Treatment::Message, "data msg"),
        ] {
            for name in names.split(' ') {
                assert_eq!(treatment(name), expected, "{name}");
            }
        }
        assert!(is_secret("access_token") && is_secret("appSecret") && is_secret("sign"));
        assert!(!is_secret("design") && !is_secret("money"));
    }

    #[test]
    fn what_two_calls_mean_by_a_name_is_told_by_their_paths() {
        let pseudonyms = Pseudonyms::new("key");
        let treatment = |name, path, half| pseudonyms.treatment(name, path, half);
        let (stays, replaced) = (Treatment::Stays, Treatment::Replaced(Person::Name));
        for half in [Half::Request, Half::Answer] {
            assert_eq!(treatment("name", "/live/v4/user/coupon/search", half), stays);
            assert_eq!(treatment("name", "/live/v4/user/coupon/search-viewer", half), replaced);
            assert_eq!(treatment("name", "/xe.user.batch.get/2.0.0", half), replaced);
        }
        assert_eq!(treatment("key", "/any", Half::Answer), stays);
        assert_eq!(treatment("key", "/any", Half::Request), replaced);
    }

    #[test]
    fn the_key_is_not_shown() {
        assert!(!format!("{:?}", Pseudonyms::new("hunter2")).contains("hunter2"));
    }
}
