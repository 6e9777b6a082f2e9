use live_rewards_core::Timestamp;
use rusqlite::{
    Error, Row, ToSql,
    types::{self, FromSqlResult, ToSqlOutput, Type},
};

use crate::Value;

/// Text is bound as it stands, without a copy of ours.
impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => types::Null.into(),
            Self::Text(text) => ToSqlOutput::from(&**text),
            Self::Integer(number) => (*number).into(),
            Self::Money(money) => money.fen().into(),
            Self::Points(points) => points.get().into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Time(time) => time.epoch_ms().into(),
        })
    }
}

/// A count as the database keeps it.
pub(crate) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Reads columns as what they stand for.
pub(crate) trait Columns {
    /// Milliseconds since 1970.
    fn time(&self, index: usize) -> rusqlite::Result<Timestamp>;
    /// Milliseconds since 1970, or nothing.
    fn optional_time(&self, index: usize) -> rusqlite::Result<Option<Timestamp>>;
    /// A number that is never negative.
    fn count(&self, index: usize) -> rusqlite::Result<u64>;
    /// A number that is never negative, or nothing.
    fn optional_count(&self, index: usize) -> rusqlite::Result<Option<u64>>;
    /// What a name stands for.
    fn named<T>(
        &self,
        index: usize,
        read: impl FnOnce(&str) -> FromSqlResult<T>,
    ) -> rusqlite::Result<T>;
}

impl Columns for Row<'_> {
    fn time(&self, index: usize) -> rusqlite::Result<Timestamp> {
        let ms = self.get(index)?;
        Timestamp::from_epoch_ms(ms).ok_or(Error::IntegralValueOutOfRange(index, ms))
    }

    fn optional_time(&self, index: usize) -> rusqlite::Result<Option<Timestamp>> {
        match self.get(index)? {
            Some(ms) => Timestamp::from_epoch_ms(ms)
                .map(Some)
                .ok_or(Error::IntegralValueOutOfRange(index, ms)),
            None => Ok(None),
        }
    }

    fn count(&self, index: usize) -> rusqlite::Result<u64> {
        let number: i64 = self.get(index)?;
        u64::try_from(number).map_err(|_| Error::IntegralValueOutOfRange(index, number))
    }

    fn optional_count(&self, index: usize) -> rusqlite::Result<Option<u64>> {
        match self.get::<_, Option<i64>>(index)? {
            Some(_) => self.count(index).map(Some),
            None => Ok(None),
        }
    }

    fn named<T>(
        &self,
        index: usize,
        read: impl FnOnce(&str) -> FromSqlResult<T>,
    ) -> rusqlite::Result<T> {
        self.get_ref(index)?
            .as_str()
            .and_then(read)
            .map_err(|error| Error::FromSqlConversionFailure(index, Type::Text, error.into()))
    }
}
