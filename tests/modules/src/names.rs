//! Names that could be taken for something else.

mod bindings {
    pyidl_runtime::include_idl!("names");
}

use bindings::{
    Keyword, Names, Object, OptionLike, Ordering, Outcome, SelfLikeClass, Shape, String3,
    ValueError2,
};
use pyidl_runtime as rt;

struct Module;

impl Names for Module {
    fn rt_call(
        rt: i64,
        py: i64,
        call: i64,
        this: i64,
        layout: i64,
        glue: i64,
        module: i64,
        result: i64,
    ) -> Vec<i64> {
        vec![rt, py, call, this, layout, glue, module, result]
    }

    fn new(py: i64, m: i64, l: i64, t: i64, self_: i64, cls: i64) -> Vec<i64> {
        vec![py, m, l, t, self_, cls]
    }

    fn with_py<'py>(
        python: rt::Python<'py>,
        py: rt::Any<'py>,
        this: rt::Any<'py>,
        call: rt::Any<'py>,
        other: i64,
    ) -> rt::Result<Vec<rt::Any<'py>>> {
        Ok(vec![py, this, call, python.object(other)?])
    }

    fn ok(ok: i64, err: i64, some: i64, none2: i64) -> Vec<i64> {
        vec![ok, err, some, none2]
    }

    fn into(into: i64, from: i64, clone: i64, drop: i64) -> Vec<i64> {
        vec![into, from, clone, drop]
    }

    fn text_of(string2: bindings::Result, vec: bindings::Vec, r#box: bindings::Box) -> String3 {
        (string2, vec, r#box)
    }

    fn print(
        str: i64,
        int: i64,
        float: i64,
        bool2: i64,
        dict: i64,
        set2: i64,
        len: i64,
    ) -> Vec<i64> {
        vec![str, int, float, bool2, dict, set2, len]
    }

    fn def(
        def: i64,
        class: i64,
        is: i64,
        not: i64,
        pass: i64,
        none3: i64,
        global: i64,
    ) -> Vec<i64> {
        vec![def, class, is, not, pass, none3, global]
    }

    fn r#fn(
        r#fn: i64,
        r#let: i64,
        r#impl: i64,
        r#trait: i64,
        r#where: i64,
        r#unsafe: i64,
        super_: i64,
    ) -> Vec<i64> {
        vec![r#fn, r#let, r#impl, r#trait, r#where, r#unsafe, super_]
    }

    fn r#loop(
        r#loop: i64,
        r#dyn: i64,
        r#move: i64,
        union: i64,
        r#macro: i64,
        r#try: i64,
        r#gen: i64,
    ) -> Vec<i64> {
        vec![r#loop, r#dyn, r#move, union, r#macro, r#try, r#gen]
    }

    fn a(a: i64, b: i64, c: i64) -> i64 {
        a + b + c
    }

    fn x1_y2_z3(a1: i64, b_2: i64, c_3: i64) -> i64 {
        a1 + b_2 + c_3
    }

    fn snake_case(snake_name: i64, kebab_name: i64) -> i64 {
        snake_name - kebab_name
    }

    fn shouted(loud: i64) -> i64 {
        loud
    }

    fn fail(error: Ordering) -> Result<Keyword, bindings::FailError> {
        match error {
            Ordering::Less => Err(bindings::Error::new("less", 1, vec![1]).into()),
            Ordering::Equal => Ok(Keyword::Self_),
            Ordering::Greater => Err(ValueError2::new("greater", 2).into()),
        }
    }

    fn type_of<'py>(_py: rt::Python<'py>, _value: rt::Any<'py>) -> rt::Result<i64> {
        Ok(1)
    }

    fn module() -> i64 {
        1
    }

    fn names() -> i64 {
        2
    }

    fn copy(value: OptionLike) -> OptionLike {
        value
    }

    fn object2(value: Object) -> Object {
        value
    }

    fn try_shape(shape: Shape) -> Result<Shape, Outcome> {
        match shape {
            Shape::Circle(radius) => Ok(Shape::Shape(radius.to_string())),
            Shape::Shape(kind) if kind.is_empty() => Err(Outcome::Outcome),
            Shape::Shape(_) => Err(Outcome::Other),
        }
    }
}

pub struct SelfLike {
    value: i64,
}

impl SelfLikeClass for SelfLike {
    fn new(self_: i64, cls: i64, args: i64, kwargs: i64) -> Self {
        Self {
            value: self_ * 1000 + cls * 100 + args * 10 + kwargs,
        }
    }

    fn r#type(&self) -> i64 {
        Self::MAX
    }

    fn self_(&self) -> i64 {
        self.value
    }

    fn set_self(&mut self, value: i64) {
        self.value = value;
    }

    fn values(&self) -> Vec<i64> {
        vec![self.value]
    }

    fn clone(&self) -> Self {
        Self { value: self.value }
    }

    fn drop(&mut self, self_: i64, cls: i64) -> i64 {
        self.value += self_ - cls;
        self.value
    }

    fn into(&self, other: &Self) -> i64 {
        self.value + other.value
    }

    fn default(start: i64) -> i64 {
        start
    }

    fn of(self_: i64, cls: i64) -> Self {
        Self { value: self_ - cls }
    }

    fn from(cls: i64) -> Self {
        Self { value: cls }
    }

    fn eq(&self, other: i64) -> bool {
        self.value == other
    }

    fn len(&self) -> i64 {
        -1
    }

    fn op_len(&self) -> i64 {
        -2
    }

    fn fmt<'py>(
        &self,
        _python: rt::Python<'py>,
        py: rt::Any<'py>,
        _f: i64,
    ) -> rt::Result<rt::Any<'py>> {
        Ok(py)
    }

    fn borrow(&self, this: &Self, call: i64) -> i64 {
        this.value + call
    }

    fn op_len_(&self) -> u64 {
        7
    }

    fn op_eq(&self, other: &Self) -> bool {
        self.value == other.value
    }

    fn op_str(&self) -> String {
        format!("<{}>", self.value)
    }
}

bindings::export!(Module);
