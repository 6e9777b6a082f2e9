//! The people of the demo: numbers, and the names they show.
//!
//! A person is a number; each vendor gives the number an id of its own form. Names are chosen to be
//! awkward where files and spreadsheets are careless.

/// Somebody who claims in many red packets.
pub(crate) const REGULAR: i64 = 0;

/// People who claim and give, numbered from 1. A prime, so that any stride visits all of them.
pub(crate) const AUDIENCE: i64 = 997;

/// Number of the host of a room.
pub(crate) const fn host(room: i64) -> i64 {
    AUDIENCE + 1 + room
}

/// Name that a person shows, always the same.
pub(crate) fn nickname(person: i64) -> &'static str {
    let names = if person > AUDIENCE { HOSTS } else { NICKNAMES };
    i64::try_from(names.len())
        .ok()
        .and_then(|count| usize::try_from(person.rem_euclid(count.max(1))).ok())
        .and_then(|position| names.get(position))
        .copied()
        .unwrap_or_default()
}

/// Picture of a person. It has the form of WeChat's addresses and leads nowhere.
pub(crate) fn avatar(person: i64) -> String {
    format!("https://thirdwx.example/mmopen/vi_32/{person:08}/132")
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
    fn everybody_has_one_name() {
        for person in [REGULAR, 1, AUDIENCE, host(0), host(7)] {
            assert!(!nickname(person).is_empty());
            assert_eq!(nickname(person), nickname(person));
        }
        assert!(HOSTS.contains(&nickname(host(0))));
    }
}
