//! Registers: one row for each member of a closed set, with all that is known of it.

/// Declares an enum by its rows: a variant, its name, and a value for each column. The first column, which needs no type, is the name; each column becomes
/// a method. A register can be searched by name (`find`), told (`NAMES`) and gone through (`WORDS`), in the order of its rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    (
        $(#[$about:meta])*
        $register:ident {
            $(#[$name_about:meta])*
            $name:ident,
            $($(#[$column_about:meta])* $column:ident: $type:ty,)*
        }
        $($(#[$note:meta])* $variant:ident = $word:literal $(, $value:expr)*;)+
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $register {
            $($(#[$note])* $variant,)+
        }

        #[allow(dead_code, reason = "not every register is searched and told")]
        impl $register {
            pub const NAMES: &'static [&'static str] = &[$($word),+];
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];

            /// The one of this name.
            #[must_use]
            pub fn find(name: &str) -> Option<Self> {
                Self::WORDS.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
            }

            $(#[$name_about])*
            #[must_use]
            pub const fn $name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        const _: () = {
            struct Row {
                $($column: $type,)*
            }

            #[allow(clippy::too_many_arguments, reason = "one for each column")]
            const fn row($($column: $type),*) -> Row {
                Row { $($column),* }
            }

            impl $register {
                #[allow(dead_code, reason = "some have no column besides the name")]
                const fn row(self) -> Row {
                    match self {
                        $(Self::$variant => row($($value),*),)+
                    }
                }

                $(
                    $(#[$column_about])*
                    #[must_use]
                    pub const fn $column(self) -> $type {
                        self.row().$column
                    }
                )*
            }
        };
    };
}
pub use __register as register;
