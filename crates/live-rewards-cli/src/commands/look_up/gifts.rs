use live_rewards::{Amount, Gift, GiftItemId, GiftQuery, LiveRewardsExt};

use super::{Bounds, ForPeople, Output, Source, person};
use crate::{
    arguments::Gifts,
    failure::Failure,
    language::say,
    sheet::{Cell, Sheet},
};

pub(crate) async fn run(arguments: &Gifts) -> Result<(), Failure> {
    let bounds = Bounds::of(arguments.times)?;
    let source = Source::open(&arguments.whose)?;
    let listing = source.offered::<Gift, _>(source.rewards.capabilities().gifts)?;
    let rooms = source.rooms(&arguments.rooms)?;
    let mut output = Output::new::<Gift>(&source, arguments.rows);
    for room in rooms {
        let mut query = GiftQuery::in_room(room.clone()).read_ahead(source.read_ahead);
        query.page_size = arguments.rows.page_size;
        [query.since, query.until] = bounds.asked(&listing);
        let rows = source.rewards.gifts(query);
        let is_wanted = |gift: &Gift| bounds.hold(gift.at);
        if output.write(&source.room(&room), rows, is_wanted).await?.is_break() {
            break;
        }
    }
    output.finish()
}

impl ForPeople for Gift {
    fn plural() -> String {
        say!("gifts", "礼物")
    }

    fn sheet() -> Sheet {
        Sheet::new("gifts")
            .column("given_at", say!("Given (Beijing)", "赠送（北京时间）"))
            .column("room_id", say!("Room", "直播间"))
            .column("giver", say!("Giver", "赠送人"))
            .column("item", say!("Gift", "礼物"))
            .column("quantity", say!("Quantity", "数量"))
            .column("list_value", say!("List value", "标价总额"))
            .column("charged", say!("Charged", "实扣"))
            .column("receivers", say!("Receivers", "接收人"))
    }

    fn cells(&self) -> Vec<Cell> {
        let item = self.item.name.as_deref();
        let receivers: Vec<_> = self.receivers.iter().map(person).collect();
        vec![
            self.at.into(),
            self.room.as_ref().map(|room| room.id.as_str()).into(),
            person(&self.giver).into(),
            item.or(self.item.id.as_ref().map(GiftItemId::as_str)).into(),
            self.quantity.into(),
            amount(self.list_value.as_ref()),
            amount(self.charged.as_ref()),
            receivers.join(", ").into(),
        ]
    }
}

/// An amount with its unit, as far as the vendor states one.
fn amount(amount: Option<&Amount>) -> Cell {
    match amount {
        None => Cell::Nothing,
        Some(Amount::Money(money)) => format!("{money} ¥").into(),
        Some(Amount::Points(points)) => say!("{points} points", "{points} 积分").into(),
        Some(unstated) => unstated.to_string().into(),
    }
}
