use serde::Deserialize;

/// A text that is shown in English and in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Text {
    /// English.
    pub en: String,
    /// 简体中文, in the vendor's own words where it has some.
    pub zh: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    en: String,
    zh: String,
}

impl TryFrom<Unchecked> for Text {
    type Error = &'static str;

    fn try_from(Unchecked { en, zh }: Unchecked) -> Result<Self, Self::Error> {
        if en.trim().is_empty() || zh.trim().is_empty() {
            return Err("neither language of a text may be empty");
        }
        Ok(Self { en, zh })
    }
}
