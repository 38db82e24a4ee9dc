//! Order numbers, tracking numbers, addresses and telephone numbers: they say which case it
//! is, not what it is about, and are looked up elsewhere.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;
use utoipa::ToSchema;

use super::regex;
use crate::personal::{self, Found, Kind};

/// Something in a ticket that names one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entity {
    /// What it names.
    pub kind: EntityKind,
    /// As written, without `#`.
    pub text: String,
}

/// What an entity names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// An order.
    Order,
    /// A parcel at a carrier.
    Tracking,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
}

impl EntityKind {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Order => Some(Self::Order),
            Kind::Tracking => Some(Self::Tracking),
            Kind::Email => Some(Self::Email),
            Kind::Phone => Some(Self::Phone),
            Kind::Url => Some(Self::Url),
            Kind::Card | Kind::Iban | Kind::IdNumber => None,
        }
    }

    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Tracking => "tracking",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
        }
    }

    /// Returns the placeholder that stands for it in articles: `{{order_number}}`.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Order => "{{order_number}}",
            Self::Tracking => "{{tracking_number}}",
            Self::Email => "{{email}}",
            Self::Phone => "{{phone}}",
            Self::Url => "{{url}}",
        }
    }
}

/// Returns the text without what names a person or a case, and adds what of that replies may
/// need: not cards and documents.
pub(super) fn taken_out(text: &str, entities: &mut Vec<Entity>) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for Found { kind, whole, named } in personal::find(text) {
        rest.push_str(&text[end..whole.start]);
        rest.push(' ');
        end = whole.end;
        let entity = EntityKind::of(kind).map(|kind| Entity { kind, text: text[named].to_owned() });
        entities.extend(entity.filter(|entity| !entities.contains(entity)));
    }
    rest.push_str(&text[end..]);
    SPACES.replace_all(&rest, " ").trim().to_owned()
}

static SPACES: LazyLock<Regex> = LazyLock::new(|| regex(r"[ \t]{2,}"));

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (String, Vec<(EntityKind, String)>) {
        let mut entities = Vec::new();
        let rest = taken_out(text, &mut entities);
        (rest, entities.into_iter().map(|entity| (entity.kind, entity.text)).collect())
    }

    #[test]
    fn numbers_are_kept_apart() {
        let (rest, entities) =
            found("订单号：SB20261103-4821 快递 LP00512345678CN 没到，电话 13812345678，邮箱 a.b@c.example");
        assert_eq!(rest, "订单 快递 没到，电话 ，邮箱");
        let expected = [
            (EntityKind::Order, "SB20261103-4821"),
            (EntityKind::Tracking, "LP00512345678CN"),
            (EntityKind::Phone, "13812345678"),
            (EntityKind::Email, "a.b@c.example"),
        ];
        assert_eq!(entities, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn models_codes_and_amounts_stay() {
        for text in
            ["SB-A20 earbuds", "error E1001", "US$40.00 off", "iPhone15 in 2026", "within 30 days", "65W"]
        {
            assert_eq!(found(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }
}
