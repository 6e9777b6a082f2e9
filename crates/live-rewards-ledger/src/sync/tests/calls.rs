use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, Claim, ClaimQuery, Claims, Cursor, Error, ErrorKind, Gift, GiftPayment,
    GiftPaymentQuery, GiftQuery, GiftScope, LiveRewards, Month, Page, PointsAccount, PointsEntry,
    PointsEntryQuery, PointsQuery, Prize, PrizeActivity, PrizeActivityQuery, PrizeQuery, Query,
    RedPacket, RedPacketQuery, RedPacketSummary, RejectedRow, Result, Room, RoomQuery, RoomRef,
    Session, SessionQuery, Timestamp, Vendor,
};

use super::shop::Shop;

#[async_trait]
impl LiveRewards for Shop {
    fn vendor(&self) -> Vendor {
        self.vendor
    }

    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    async fn rooms_page(&self, query: &RoomQuery, cursor: Option<&Cursor>) -> Result<Page<Room>> {
        self.page(query, cursor, "", |state| {
            picked(&state.rooms, |room| room.room.id.to_string(), |_| true)
        })
    }

    async fn sessions_page(
        &self,
        query: &SessionQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Session>> {
        self.page(query, cursor, &format!(" {}", query.room.id), |state| {
            let pick = |row: &Session| row.room == query.room && within(query, row.started_at);
            picked(&state.sessions, |row| row.id.to_string(), pick)
        })
    }

    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        self.page(query, cursor, &format!(" {}", query.room.id), |state| {
            let pick = |row: &RedPacket| row.room == query.room && within(query, row.created_at);
            picked(&state.packets, |row| row.id.to_string(), pick)
        })
    }

    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        let page = self.page(query, cursor, &format!(" {}", query.red_packet), |state| {
            let pick = |row: &Claim| row.red_packet == query.red_packet;
            picked(&state.claims, |row| row.user.id.to_string(), pick)
        })?;
        let state = self.state();
        let reported = state.reported.iter().find(|packet| packet.id == query.red_packet);
        let mut claims = Claims::new(reported.cloned(), page);
        let garbled = state.garbled.iter().find(|id| *id == query.red_packet.as_str());
        claims.rejected =
            garbled.map(|id| RejectedRow::new(0, "garbled".to_owned(), format!("packet {id}")));
        Ok(claims)
    }

    async fn red_packet_summary(&self, room: &RoomRef) -> Result<RedPacketSummary> {
        self.begin(format!("red_packet_summary {}", room.id))?;
        let mut summary = RedPacketSummary::new(room.clone(), Timestamp::from_epoch_ms(0).unwrap());
        summary.rounds = Some(self.state().packets.len() as u64);
        Ok(summary)
    }

    async fn gifts_page(&self, query: &GiftQuery, cursor: Option<&Cursor>) -> Result<Page<Gift>> {
        let GiftScope::Room(room) = &query.scope else {
            return Err(Error::new(ErrorKind::Unsupported, "by room only"));
        };
        self.page(query, cursor, &format!(" {}", room.id), |state| {
            let pick = |row: &Gift| row.room.as_ref() == Some(room) && within(query, row.at);
            picked(&state.gifts, |row| row.giver.id.to_string(), pick)
        })
    }

    async fn gift_payments_page(
        &self,
        query: &GiftPaymentQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<GiftPayment>> {
        self.page(query, cursor, &format!(" {}", query.room.id), |state| {
            let pick = |row: &GiftPayment| row.room == query.room && within(query, row.at);
            picked(&state.payments, |row| row.order.to_string(), pick)
        })
    }

    async fn prize_activities_page(
        &self,
        query: &PrizeActivityQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PrizeActivity>> {
        self.page(query, cursor, &format!(" {}", query.kind), |state| {
            let within = |row: &PrizeActivity| row.at.is_none_or(|time| within(query, time));
            let pick = |row: &PrizeActivity| row.kind == query.kind && within(row);
            picked(&state.activities, |row| row.id.to_string(), pick)
        })
    }

    async fn prizes_page(
        &self,
        query: &PrizeQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Prize>> {
        self.page(query, cursor, &format!(" {}", query.activity), |state| {
            let pick = |row: &Prize| row.activity == query.activity;
            picked(&state.prizes, |row| row.user.id.to_string(), pick)
        })
    }

    async fn points_accounts_page(
        &self,
        query: &PointsQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsAccount>> {
        self.page(query, cursor, "", |state| {
            picked(&state.accounts, |row| row.user.id.to_string(), |_| true)
        })
    }

    async fn points_entries_page(
        &self,
        query: &PointsEntryQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsEntry>> {
        let of = format!(" {}..{}", query.first, query.last);
        self.page(query, cursor, &of, |state| {
            let pick = |row: &PointsEntry| (query.first..=query.last).contains(&Month::of(row.at));
            picked(&state.entries, |row| row.user.id.to_string(), pick)
        })
    }
}

fn within(query: &impl Query, time: Timestamp) -> bool {
    query.since().is_none_or(|since| since <= time)
        && query.until().is_none_or(|until| time <= until)
}

fn picked<T: Clone>(
    rows: &[T],
    id: impl Fn(&T) -> String,
    pick: impl Fn(&T) -> bool,
) -> Vec<(String, T)> {
    rows.iter().filter(|row| pick(row)).map(|row| (id(row), row.clone())).collect()
}
