use live_rewards_core::{OpenEnum, Prize, PrizeRecordId, SessionId, Vendor};

use super::{
    Record,
    key::KeyText,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, amount, room, user},
    words::{PRIZE_KINDS, PRIZE_STATES, USER_ID_KINDS},
};
use crate::{
    ColumnType::{Fen, Integer, Points, Text, Time},
    Label, Person, Row, Table,
    column::{Column, column},
};

/// One win of a prize a row.
pub static PRIZES: Table = Table {
    name: "prizes",
    label: Label { en: "Prizes", zh: "奖品" },
    time: Some("won_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("prize_key", Text, "Key", "主键").key().person(Person::Key),
    column("record_id", Text, "Record", "记录 ID"),
    column("activity_id", Text, "Activity", "活动 ID").required(),
    column("kind", Text, "Kind", "活动类型").coded(PRIZE_KINDS).required(),
    ROOM_ID,
    ROOM_KIND,
    column("session_id", Text, "Session", "场次 ID"),
    column("task", Text, "Task", "任务"),
    column("user_id", Text, "Winner", "中奖人 ID").required().watched().person(Person::Id),
    column("user_id_kind", Text, "Kind of winner id", "中奖人 ID 类型").coded(USER_ID_KINDS),
    column("user_nickname", Text, "Winner's nickname", "中奖人昵称").person(Person::Nickname),
    column("name", Text, "Prize", "奖品名称"),
    column("value_fen", Fen, "Value, money", "价值（金额）").form_of("value").watched(),
    column("value_points", Points, "Value, points", "价值（积分）").form_of("value").watched(),
    column("value_unstated", Text, "Value, unit unstated", "价值（单位未说明）")
        .form_of("value")
        .watched(),
    column("state", Text, "State", "发放状态").coded(PRIZE_STATES),
    column("code", Text, "Code", "兑奖码").person(Person::Text),
    column("won_at", Time, "Won at", "中奖时间").watched(),
    column("ordinal", Integer, "Ordinal among equals", "重复序号").required(),
];

/// Whether somebody gets the prize, or is to: it isn't used up, failed or needless.
pub(crate) const IS_HANDED_OUT: &str =
    "COALESCE(state, '') NOT IN ('quota_full', 'failed', 'not_needed')";

/// The same of a state.
pub(crate) fn is_handed_out(state: Option<&str>) -> bool {
    !matches!(state, Some("quota_full" | "failed" | "not_needed"))
}

impl Record for Prize {
    const TABLE: &'static Table = &PRIZES;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(self.room.as_ref());
        let [user_id, user_id_kind, user_nickname] = user(Some(&self.user));
        let [value_fen, value_points, value_unstated] = amount(self.value.as_ref());
        vec![
            vendor.as_str().into(),
            prize_key(self).into(),
            self.record_id.as_ref().map(PrizeRecordId::as_str).into(),
            self.activity.as_str().into(),
            self.kind.as_str().into(),
            room_id,
            room_kind,
            self.session.as_ref().map(SessionId::as_str).into(),
            self.task.as_ref().into(),
            user_id,
            user_id_kind,
            user_nickname,
            self.name.as_ref().into(),
            value_fen,
            value_points,
            value_unstated,
            self.state.as_ref().map(OpenEnum::label).into(),
            self.code.as_ref().into(),
            self.at.into(),
            self.ordinal.into(),
        ]
    }
}

/// [`PrizeKey`](live_rewards_core::PrizeKey) as text: `record|KIND|ACTIVITY|RECORD`, or `facts|KIND|ACTIVITY|TASK|USER|ORDINAL`.
fn prize_key(prize: &Prize) -> String {
    let form = |form| KeyText::new(form).part(prize.kind.as_str()).part(&prize.activity);
    match &prize.record_id {
        Some(record) => form("record").part(record),
        None => {
            form("facts").optional(prize.task.as_ref()).part(&prize.user.id).part(prize.ordinal)
        }
    }
    .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same_of_every_state() {
        let column = PRIZES.column("state").unwrap();
        for (state, _) in column.words {
            let is_left_out = IS_HANDED_OUT.contains(&format!("'{state}'"));
            assert_ne!(is_handed_out(Some(state)), is_left_out, "{state}");
        }
        assert!(is_handed_out(None));
    }
}
