//! The people of the demo: numbers, and the names they show.
//!
//! A person is a number; each vendor gives the number an id of its own form. Names are chosen to be
//! awkward where files and spreadsheets are careless.

use crate::text::Text;

/// Somebody who claims in many red packets.
pub(crate) const REGULAR: i64 = 0;

/// Number of the first host, above everybody in an audience.
const FIRST_HOST: i64 = 1_000_000;

/// Sizes of audiences: primes, so that any stride visits everybody.
const AUDIENCES: &[i64] = &[997, 9_973, 99_991, 999_983];

/// Number of people who claim and give, numbered from 1: the largest of a few sizes up to `most`.
pub(crate) fn audience(most: i64) -> i64 {
    let fitting = AUDIENCES.iter().copied().filter(|size| *size <= most);
    fitting.max().or(AUDIENCES.first().copied()).unwrap_or(1)
}

/// Number of the host of a room.
pub(crate) const fn host(room: i64) -> i64 {
    FIRST_HOST + room
}

/// Name that a person shows, always the same.
pub(crate) fn nickname(person: i64) -> &'static str {
    let names = if person < FIRST_HOST { NICKNAMES } else { HOSTS };
    i64::try_from(names.len())
        .ok()
        .and_then(|count| usize::try_from(person.rem_euclid(count.max(1))).ok())
        .and_then(|position| names.get(position))
        .copied()
        .unwrap_or_default()
}

/// Picture of a person. It has the form of WeChat's addresses and leads nowhere.
pub(crate) fn avatar(person: i64) -> Text {
    let mut address = Text::new();
    address.push_str("https://thirdwx.example/mmopen/vi_32/");
    address.decimal(person.unsigned_abs(), 8);
    address.push_str("/132");
    address
}

const HOSTS: &[&str] = &["讲师", "王老师", "直播助理 · 小鱼"];

const NICKNAMES: &[&str] = &[
    "神经蛙",
    "Davis",
    "無",
    "🧧发财🎉",
    "=1+1",
    "李雷, 韩梅梅",
    "她说\"你好\"",
    "反\\斜杠",
    "换\n行",
    "制\t表",
    "O'Brien",
    "<b>加粗</b>",
    "👨‍👩‍👧‍👦一家人",
    "+86 的朋友",
    "-匿名-",
    "@全体成员",
    "null",
    "007",
    "1e5",
    " 前后有空格 ",
    "مرحبا",
    "𠮷野家",
    "e\u{301}combining",
    "名字特别特别特别特别特别特别特别特别特别特别特别长的一位听众朋友",
    "小明",
    "阿 华",
    "Zoë & Chloé",
    "梦想;家",
    "半角|全角｜",
    "。",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_as_large_as_it_may_be() {
        assert_eq!(audience(0), 997);
        assert_eq!(audience(20_000), 9_973);
        assert_eq!(audience(i64::MAX), 999_983);
        assert!(AUDIENCES.iter().all(|size| *size < host(0)));
    }

    #[test]
    fn hosts_have_names_of_their_own() {
        assert!(HOSTS.contains(&nickname(host(7))));
        assert!(!HOSTS.contains(&nickname(audience(i64::MAX))));
    }
}
