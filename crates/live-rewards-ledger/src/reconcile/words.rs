/// A text in English and Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// 简体中文.
    pub zh: String,
}

/// [`Words`] from two formats, which capture what they name.
macro_rules! words {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::reconcile::words::Words { en: format!($en), zh: format!($zh) }
    };
}

pub(super) use words;
