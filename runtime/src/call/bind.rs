//! Binds the caller's arguments to the named parameters.

use super::{Call, Given, Signature, mismatch};
use crate::Result;
use crate::api;
use crate::convert::{memory, string};
use crate::ffi::Raw;
use crate::layout::{Layout, Probed, read};
use crate::object::{Argument, Object};
use crate::python::Python;
use std::marker::PhantomData;

/// Keyword arguments, in one of the two forms in which Python passes them.
#[derive(Clone, Copy)]
pub(crate) enum Keywords {
    /// There are no keyword arguments.
    Absent,
    /// A tuple of names; their values follow the positional arguments.
    Names(Raw),
    /// A dictionary.
    Dict(Raw),
}

/// Binds the arguments of a vectorcall.
///
/// # Safety
/// The arguments are those that Python passed to a `METH_FASTCALL | METH_KEYWORDS` function, alive for `'py`.
#[inline(always)]
pub(crate) unsafe fn bind<'py, const N: usize>(
    py: Python<'py>,
    signature: &'static Signature,
    positional: *const Raw,
    count: usize,
    names: Raw,
) -> Result<Call<'py, N>> {
    let keywords = if names.is_null() {
        Keywords::Absent
    } else {
        Keywords::Names(names)
    };
    let given = Given {
        positional,
        count,
        keywords,
    };
    // SAFETY: as promised by the caller.
    unsafe { bind_given(py, signature, given) }
}

/// Binds arguments in either form.
///
/// # Safety
/// `given` holds what Python passed, alive for `'py`.
#[inline(always)]
pub(crate) unsafe fn bind_given<'py, const N: usize>(
    py: Python<'py>,
    signature: &'static Signature,
    given: Given,
) -> Result<Call<'py, N>> {
    let by_position = matches!(given.keywords, Keywords::Absent);
    // Each path has its own array, so that the one of the usual path stays in registers.
    let arguments = if by_position && given.count == N && signature.positional == N {
        // SAFETY: the array has `count` arguments.
        unsafe { given.positional.cast::<[Raw; N]>().read() }
    } else if by_position && signature.rest_is_optional(given.count) {
        let mut arguments = [std::ptr::null_mut(); N];
        for (index, argument) in arguments.iter_mut().enumerate().take(given.count) {
            // SAFETY: as above.
            *argument = unsafe { *given.positional.add(index) };
        }
        arguments
    } else {
        let mut arguments = [std::ptr::null_mut(); N];
        // SAFETY: as promised by the caller.
        unsafe { bind_keywords(py, signature, &mut arguments, given)? };
        arguments
    };
    Ok(Call {
        arguments,
        signature,
        given,
        py: PhantomData,
    })
}

/// Passes on the arguments of a `tp_new` or `tp_call`, which are a tuple and a dictionary.
///
/// # Safety
/// `arguments` is a tuple, `keywords` a dictionary or null; both are alive for the call.
pub(crate) unsafe fn with_tuple<T>(
    py: Python<'_>,
    arguments: Raw,
    keywords: Raw,
    body: impl FnOnce(Given) -> Result<T>,
) -> Result<T> {
    let items = Probed::facts().tuple_items;
    // SAFETY: as promised by the caller.
    unsafe {
        let count = tuple_size(arguments);
        // The dictionary is copied, since Python code may change it while arguments are converted (`functools.partial` passes its
        // own).
        let keywords = if keywords.is_null() || api::PyDict_Size(keywords) == 0 {
            None
        } else {
            Some(Object::from_owned(py, api::PyDict_Copy(keywords))?)
        };
        let copied: Vec<Raw>;
        let positional = if items != 0 {
            arguments.cast::<u8>().add(items).cast::<Raw>().cast_const()
        } else {
            let mut items = memory::vector(count)?;
            items.extend((0..count).map(|index| tuple_item(arguments, index)));
            copied = items;
            copied.as_ptr()
        };
        body(Given {
            positional,
            count,
            keywords: keywords.as_ref().map_or(Keywords::Absent, |keywords| {
                Keywords::Dict(keywords.as_raw())
            }),
        })
    }
}

/// Binds arguments of any form, in the order that Python uses, so that of several errors the same one is reported.
///
/// # Safety
/// `given` is what Python passed, alive for the call; `arguments` has one null entry per parameter.
#[inline(never)]
pub(crate) unsafe fn bind_keywords(
    py: Python<'_>,
    signature: &'static Signature,
    arguments: &mut [Raw],
    given: Given,
) -> Result<()> {
    let direct = given.count.min(signature.positional);
    for (index, argument) in arguments[..direct].iter_mut().enumerate() {
        // SAFETY: within the `count` arguments that were passed.
        *argument = unsafe { *given.positional.add(index) };
    }
    // SAFETY: as promised by the caller.
    unsafe { bind_only_keywords(py, signature, arguments, given)? };
    if given.count > signature.positional && !signature.var_args {
        return Err(mismatch::too_many_positional(
            signature,
            given.count,
            arguments,
        ));
    }
    let mut both = arguments.iter().zip(signature.parameters);
    if both.any(|(argument, parameter)| argument.is_null() && parameter.required) {
        return Err(mismatch::missing(signature, arguments));
    }
    Ok(())
}

/// Binds the keyword arguments, and ignores missing arguments.
///
/// # Safety
/// As for [`bind_keywords`]; entries that are not null count as arguments given by position.
pub(crate) unsafe fn bind_only_keywords(
    py: Python<'_>,
    signature: &'static Signature,
    arguments: &mut [Raw],
    given: Given,
) -> Result<()> {
    // SAFETY: as promised by the caller.
    for (name, value) in unsafe { KeywordArguments::of(py, given) } {
        match signature.keyword(name)? {
            Some(index) if arguments[index].is_null() => arguments[index] = value,
            Some(index) => return Err(mismatch::multiple_values(signature, index)),
            None if signature.var_keywords && name.is_instance(api::PyUnicode_Type()) => {}
            None => {
                // SAFETY: as promised by the caller.
                let error = unsafe { mismatch::unexpected_keyword(py, signature, name, given) };
                return Err(error);
            }
        }
    }
    Ok(())
}

/// The keyword arguments. Each has a name, which is a `str` or any other object that the caller put there, and a value.
pub(super) struct KeywordArguments<'py> {
    given: Given,
    /// The number of names of a tuple that are done, or the position of the iteration over a dictionary.
    position: isize,
    py: PhantomData<Python<'py>>,
}

impl<'py> KeywordArguments<'py> {
    /// # Safety
    /// `given` is what Python passed, alive for `'py`.
    #[inline]
    pub(super) unsafe fn of(_py: Python<'py>, given: Given) -> Self {
        KeywordArguments {
            given,
            position: 0,
            py: PhantomData,
        }
    }
}

impl<'py> Iterator for KeywordArguments<'py> {
    type Item = (Argument<'py>, Raw);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        match self.given.keywords {
            Keywords::Absent => None,
            Keywords::Names(names) => {
                let index = self.position as usize;
                // SAFETY: a tuple of names, and as many values after the positional arguments.
                unsafe {
                    if index >= tuple_size(names) {
                        return None;
                    }
                    self.position += 1;
                    let name = Argument::from_raw(tuple_item(names, index));
                    Some((name, *self.given.positional.add(self.given.count + index)))
                }
            }
            Keywords::Dict(dict) => {
                let (mut name, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
                // SAFETY: a dictionary made for this call, which no other code changes.
                unsafe {
                    let more = api::PyDict_Next(dict, &mut self.position, &mut name, &mut value);
                    (more != 0).then(|| (Argument::from_raw(name), value))
                }
            }
        }
    }
}

impl Signature {
    /// Returns the parameter that a keyword names. Names are compared by their bytes: a cached interned object could belong to an
    /// interpreter that has ended.
    ///
    /// # Errors
    /// MemoryError.
    #[inline]
    pub(super) fn keyword(&self, name: Argument<'_>) -> Result<Option<usize>> {
        let Some(name) = string::utf8::<Probed>(name)? else {
            return Ok(None);
        };
        let mut by_keyword = self.positional_only..self.parameters.len();
        Ok(by_keyword.find(|index| self.parameters[*index].name == name))
    }
}

/// # Safety
/// `tuple` is a live tuple.
#[inline]
pub(crate) unsafe fn tuple_size(tuple: Raw) -> usize {
    let facts = Probed::facts();
    // SAFETY: a tuple's length follows its header, where that was probed.
    unsafe {
        if facts.tuple_items != 0 {
            read::<usize>(tuple, facts.header)
        } else {
            api::PyTuple_Size(tuple) as usize
        }
    }
}

/// Returns an item, borrowed.
///
/// # Safety
/// `tuple` is a live tuple with more than `index` items.
#[inline]
pub(crate) unsafe fn tuple_item(tuple: Raw, index: usize) -> Raw {
    let items = Probed::facts().tuple_items;
    // SAFETY: within the tuple, whose items are where the probe found them.
    unsafe {
        if items != 0 {
            read::<Raw>(tuple, items + index * size_of::<Raw>())
        } else {
            api::PyTuple_GetItem(tuple, index as isize)
        }
    }
}
