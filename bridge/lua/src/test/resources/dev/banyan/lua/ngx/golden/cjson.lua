
local c = require "cjson"

local all = {}
for i = 0, 255 do
    all[#all + 1] = string.char(i)
end
show("every byte", c.encode, table.concat(all))
for i, v in ipairs { 1, 1.5, -1, 1e15, 1e14, 123456789012345, 0.1, 1 / 3, 1e100, -1e-7, 2 ^ 53, 1e308, 5e-324, 1e20,
    123456.789e3, 99999999999999.5, 0.00001, 0.0001 } do
    show("number " .. i, c.encode, v)
end
show("inf", c.encode, 1 / 0)
show("nan", c.encode, 0 / 0)
show("nil", c.encode, nil)
show("no argument", function() local r = c.encode() return r end)
show("two arguments", function() local r = c.encode(1, 2) return r end)
show("function", c.encode, print)
show("null", c.encode, c.null)
show("booleans", c.encode, { true, false })
show("empty", c.encode, {})
show("holes", c.encode, { [1] = 1, [3] = 3 })
show("sparse", c.encode, { [1] = 1, [21] = 3 })
show("sparse 11", c.encode, { [11] = 3 })
show("sparse 10", c.encode, { [10] = 3 })
show("key 0", c.encode, { [0] = 1 })
show("key 1.5", c.encode, { [1.5] = 1 })
show("key -1", c.encode, { [-1] = 1 })
show("key true", c.encode, { [true] = 1 })
show("key 1e15", c.encode, { [1e15] = 1 })
show("key with nul", c.encode, { ["a\0b"] = 1 })
show("nested function", c.encode, { a = { b = print } })
show("loop", function() local t = {} t.t = t return c.encode(t) end)
show("metatable", function() return c.encode(setmetatable({}, { __index = { a = 1 } })) end)

local function decode(s)
    local v = c.decode(s)
    if v == c.null then
        return "null"
    end
    return v
end
for _, s in ipairs { "", "{", "[", "[1", "[1,", "[1 2]", '{"a"', '{"a":', '{"a":1', '{"a" 1}', "{a:1}", "{1:2}",
    '{"a":1,}', "[1,]", "[,1]", "nul", "null", "true", "tru", "truex", "1", "-1", "+1", "01", "1.", "1.e5", ".5", "-", "--1",
    "1e5", "1e", "1E+2", "0x10", "0x", "-0x1F", "0x1p4", "0x.8", "inf", "Infinity", "-inf", "infinit", "1e400", "1 2", "[] x",
    '"abc', '"a\\q"', '"\\u12"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ud83dx"', '"\\ude00"', '"\\u0000"',
    '"a\tb"', '"a\nb"', "\0\0", "[\0]", "a", "\1", "  [1,  2 ]  ", '{"a":1,"a":2}', '{"1":2}', "]", "}", ":", ",", "[1}",
    '{"a":[}', '"\\/\\b\\f\\n\\r\\t\\"\\\\"', "[1]\0x", "'a'", "//c", "[1,2", "infx", "nanx", "12abc", "[12abc]", "0123",
    "1.2.3", "1e5.5", "\239\187\191{}", "9007199254740993", "0.1e1", "1e-2", '{"":1}', '{"a":{"b":{"c":[1,[2,[3]]]}}}',
    "123456789", "1234567890123", "-5", "-0.5", "[true,false]", '{"a":true,"b":[],"c":{}}', "[1e3]", "1e+", "\t\n\r 1",
    "[[]]", '["a","b"]', '"\\uD83D\\uDE00x"', "123456789012345678901234567890", '{"a":1 ,"b":2}', "falsey", '"' } do
    show("decode " .. s, decode, s)
end
show("decode number", decode, 12)
show("decode table", function() local r = c.decode({}) return r end)
show("decode nothing", function() local r = c.decode() return r end)
show("decode nan", function() local r = c.decode("nan") return r ~= r end)
show("decode null", function() local r = c.decode("[null]") return r[1] == c.null, r[1] == ngx.null end)
show("too deep", c.decode, ("["):rep(1001) .. ("]"):rep(1001))
show("deep", function() return #c.encode(c.decode(("["):rep(1000) .. ("]"):rep(1000))) end)

show("settings", c.encode_sparse_array)
show("settings", c.encode_max_depth)
show("settings", c.decode_max_depth)
show("settings", c.encode_number_precision)
show("settings", c.encode_keep_buffer)
show("settings", c.encode_invalid_numbers)
show("settings", c.decode_invalid_numbers)
show("precision 17", function() local r = c.encode_number_precision(17) return r end)
show("precision 0", function() local r = c.encode_number_precision(0) return r end)
show("precision x", function() local r = c.encode_number_precision("x") return r end)
show("precision 3", c.encode_number_precision, 3)
show("third", c.encode, 1 / 3)
show("1234567", c.encode, 1234567)
c.encode_number_precision(14)
show("depth 0", function() local r = c.encode_max_depth(0) return r end)
show("depth 1 2", function() local r = c.encode_max_depth(1, 2) return r end)
show("invalid foo", function() local r = c.encode_invalid_numbers("foo") return r end)
show("invalid null", c.encode_invalid_numbers, "null")
show("as null", c.encode, { 1 / 0, 0 / 0 })
show("invalid on", c.encode_invalid_numbers, true)
show("as text", c.encode, { 1 / 0, -1 / 0 })
show("invalid on", c.encode_invalid_numbers, "on")
show("invalid off", c.encode_invalid_numbers, "off")
show("sparse on", c.encode_sparse_array, true, 2, 3)
show("converted", c.encode, { [21] = 3 })
show("sparse bad", function() local r = c.encode_sparse_array(true, -1) return r end)
show("sparse many", function() local r = c.encode_sparse_array(1, 2, 3, 4) return r end)
show("keep", c.encode_keep_buffer, false)
show("keep x", function() local r = c.encode_keep_buffer("x") return r end)
show("lenient off", c.decode_invalid_numbers, false)
for _, s in ipairs { "0x10", "inf", "01", "-inf", "+1", "nan", "-0x1", "1.", "-01", "0", "-0.5" } do
    show("strict " .. s, decode, s)
end
c.decode_invalid_numbers(true)

local s = require "cjson.safe"
show("safe encode", s.encode, print)
show("safe decode", s.decode, "{")
show("safe nothing", function() local r = s.decode() return r end)
show("safe fine", s.decode, "[1]")
show("safe null", function() return s.null == c.null, s ~= c, s.new().null == ngx.null end)
show("safe name", function() return s._NAME, s._VERSION end)
c.encode_max_depth(2)
show("depth 2", c.encode, { { 1 } })
show("depth 3", c.encode, { { { 1 } } })
c.decode_max_depth(2)
show("depth 2", decode, "[[1]]")
show("depth 3", decode, "[[[1]]]")
show("depth 3", decode, '{"a":{"b":{}}}')
show("own settings", function() return c.new().encode({ { { 1 } } }) end)
