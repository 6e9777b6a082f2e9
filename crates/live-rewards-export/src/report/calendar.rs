//! Days in a row, and the weeks, months or years that stand for them where there are too many.

use live_rewards_ledger::Day;

/// What stands in a row of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    /// From Monday.
    Week,
    Month,
    /// So many.
    Years(i32),
}

/// Days, weeks, months or years in a row, none left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spans {
    pub(super) unit: Unit,
    /// The first and the last day.
    ends: (Day, Day),
    first: i32,
    last: i32,
    /// Whether the days, or the Mondays, are of one year.
    is_one_year: bool,
}

impl Spans {
    /// From a day to another, in the finest unit of which there are few enough.
    pub(super) fn new(first: Day, last: Day, most: i32) -> Self {
        let last = last.max(first);
        let years = year(last) - year(first) + 1;
        let coarsest = Unit::Years((years + most - 1) / most);
        let unit = [Unit::Day, Unit::Week, Unit::Month]
            .into_iter()
            .find(|unit| unit.of(last) - unit.of(first) < most)
            .unwrap_or(coarsest);
        let mut spans = Self {
            unit,
            ends: (first, last),
            first: unit.of(first),
            last: unit.of(last),
            is_one_year: false,
        };
        let begin = |day| if unit == Unit::Week { spans.monday(unit.of(day)) } else { day };
        spans.is_one_year = year(begin(first)) == year(begin(last));
        spans
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        usize::try_from(self.last - self.first + 1).unwrap_or_default()
    }

    /// Which one a day belongs to.
    pub(super) fn index(&self, day: Day) -> Option<usize> {
        let of = self.unit.of(day);
        if of > self.last { None } else { usize::try_from(of - self.first).ok() }
    }

    /// One of them in full: `2026-01-31`, `2026-01-26 – 2026-02-01`, `2026-01`, `2026`.
    pub(super) fn name(&self, index: usize) -> String {
        let at = self.at(index);
        match self.unit {
            Unit::Day => self.day(at).to_string(),
            Unit::Week => {
                let monday = self.monday(at);
                format!("{monday} – {}", self.day(monday.number().saturating_add(6)))
            }
            Unit::Month => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
            Unit::Years(1) => format!("{at:04}"),
            Unit::Years(years) => format!("{:04} – {:04}", at * years, (at + 1) * years - 1),
        }
    }

    /// As short as can be: days of one year without it, weeks by their Monday.
    pub(super) fn short(&self, index: usize) -> String {
        let first = match self.unit {
            Unit::Day => self.day(self.at(index)),
            Unit::Week => self.monday(self.at(index)),
            Unit::Month => return self.name(index),
            Unit::Years(years) => return format!("{:04}", self.at(index) * years),
        };
        let full = first.to_string();
        match full.split_once('-') {
            Some((_, of_year)) if self.is_one_year => of_year.to_owned(),
            _ => full,
        }
    }

    /// Which of them are labelled where there is room for so many characters: the first, and others at equal distances.
    pub(super) fn labelled(&self, characters: usize) -> Vec<usize> {
        let most = (characters / self.short(0).len().max(1)).max(1);
        let step = self.len().div_ceil(most).max(1);
        (0..self.len()).step_by(step).collect()
    }

    fn at(&self, index: usize) -> i32 {
        self.first.saturating_add(i32::try_from(index).unwrap_or(i32::MAX))
    }

    fn monday(&self, week: i32) -> Day {
        self.day(week.saturating_mul(7).saturating_sub(3))
    }

    /// The day of a number. A week may begin before there are days, and end after.
    fn day(&self, number: i32) -> Day {
        let (first, last) = self.ends;
        Day::new(number).unwrap_or(if number < first.number() { first } else { last })
    }
}

impl Unit {
    fn of(self, day: Day) -> i32 {
        match self {
            Self::Day => day.number(),
            // 1970-01-01 was a Thursday.
            Self::Week => (day.number() + 3).div_euclid(7),
            Self::Month => year(day) * 12 + i32::from(day.month().month()) - 1,
            Self::Years(years) => year(day).div_euclid(years.max(1)),
        }
    }
}

fn year(day: Day) -> i32 {
    day.month().year().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> Day {
        Day::of(format!("{text}T12:00:00Z").parse().unwrap())
    }

    fn spans(first: &str, last: &str, most: i32) -> Spans {
        Spans::new(day_of(first), day_of(last), most)
    }

    #[test]
    fn many_days_are_weeks_and_many_weeks_are_months() {
        let month = spans("2026-01-01", "2026-01-31", 31);
        assert_eq!((month.unit, month.len()), (Unit::Day, 31));
        assert_eq!((month.name(30), month.short(30)), ("2026-01-31".into(), "01-31".into()));
        let quarter = spans("2026-01-01", "2026-03-31", 31);
        assert_eq!((quarter.unit, quarter.len()), (Unit::Week, 14));
        assert_eq!(quarter.name(0), "2025-12-29 – 2026-01-04");
        assert_eq!(quarter.short(0), "2025-12-29");
        let year = spans("2026-01-01", "2026-12-31", 31);
        assert_eq!((year.unit, year.len()), (Unit::Month, 12));
        assert_eq!((year.name(11), year.short(11)), ("2026-12".into(), "2026-12".into()));
        let decades = spans("1980-05-01", "2026-12-31", 31);
        assert_eq!((decades.unit, decades.len()), (Unit::Years(2), 24));
        assert_eq!((decades.name(0), decades.short(0)), ("1980 – 1981".into(), "1980".into()));
        assert_eq!(spans("0001-01-01", "9999-12-30", 31).len(), 31);
    }

    #[test]
    fn one_day_is_one() {
        let one = spans("2026-01-05", "2026-01-05", 92);
        let of = |text| one.index(day_of(text));
        assert_eq!(one.len(), 1);
        assert_eq!([of("2026-01-04"), of("2026-01-05"), of("2026-01-06")], [None, Some(0), None]);
        assert_eq!(one.labelled(20), [0]);
        // Ends that are the wrong way round are no reason to fail.
        assert_eq!(spans("2026-01-05", "2026-01-01", 92).len(), 1);
    }

    #[test]
    fn labels_are_few_and_far_enough_apart() {
        let spans = spans("1970-01-01", "1970-04-02", 92);
        assert_eq!(spans.len(), 92);
        assert_eq!(spans.labelled(20), [0, 23, 46, 69]);
        assert_eq!(spans.labelled(1), [0]);
        assert_eq!(spans.labelled(1000).len(), 92);
    }

    #[test]
    fn the_first_and_last_weeks_of_all_have_names() {
        let spans = spans("0000-01-01", "0000-02-20", 31);
        assert_eq!(spans.unit, Unit::Week);
        assert_eq!(spans.short(1), "01-03");
        assert!(!spans.name(0).is_empty());
    }
}
