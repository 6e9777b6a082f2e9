/// Whether a name is what a pattern says, in which `*` stands for any text and `?` for one character.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut read) = (0, 0);
    // Behind the last star, and how far the name is read without it. What earlier stars stand for never has to change.
    let mut star = None;
    while let Some(next) = name.get(read) {
        match pattern.get(at) {
            Some('*') => {
                at += 1;
                star = Some((at, read));
            }
            Some(one) if *one == '?' || one == next => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((behind, taken)) = star else { return false };
                (at, read) = (behind, taken + 1);
                star = Some((behind, read));
            }
        }
    }
    pattern.iter().skip(at).all(|one| *one == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, is_match) in [
            ("polyv-*", "polyv-main", true),
            ("polyv-*", "xiaoe-main", false),
            ("*", "", true),
            ("", "", true),
            ("", "main", false),
            ("*店*", "一号店铺", true),
            ("?号店", "一号店", true),
            ("?", "", false),
            ("*?", "", false),
            ("main", "main", true),
            ("main", "mainly", false),
            ("*-shop", "a-shop-shop", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
        ] {
            assert_eq!(matches(pattern, name), is_match, "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!matches(&"*a".repeat(1000), &format!("{}b", "a".repeat(2000))));
    }
}
