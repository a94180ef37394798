local b = require "string.buffer"

for i, v in ipairs { 1, -1, 1.5, 2 ^ 40, 0, "", "a", ("x"):rep(191), ("x"):rep(192), true, false, {}, { 1, 2, 3 },
    { [0] = 0, 1, 2 }, { a = 1 }, { 1, 2, a = "b" }, { [0] = 9 }, { [5] = 1 }, { {} }, ngx.null } do
    show("encode " .. i, b.encode, v)
    show("decoded " .. i, b.decode, b.encode(v))
end
show("encode nil", b.encode, nil)
show("encode long", function() return #b.encode(("x"):rep(9000)), #b.decode(b.encode(("x"):rep(9000))) end)
show("encode nothing", function() local r = b.encode() return r end)
show("encode function", function() local r = b.encode(print) return r end)
show("encode loop", function() local t = {} t[1] = t local r = b.encode(t) return r end)
for _, s in ipairs { "", "\1\1", "\8", "\255", "\12\5\1", "\19", "\9\1\0\1", "\33" } do
    show("decode", function() local r = b.decode(s) return r end)
end
show("decode number", function() local r = b.decode(1) return r end)

local x = b.new()
show("put", function() return x:put("a", 1, 1.5):tostring() end)
show("put nil", function() local r = x:put(nil) return r end)
show("put table", function() local r = x:put({}) return r end)
show("put tostring", function() return x:put(setmetatable({}, { __tostring = function() return "MT" end })):tostring() end)
show("length", function() return #x, type(x), tostring(x) end)
show("concat", function() return x .. "z", "z" .. x, x .. x end)
show("get", function() return x:get(2), x:get(1, 1), x:get() end)
show("putf", function() return x:putf("%d-%s", 3, "q"):tostring() end)
show("skip", function() return x:skip(1):tostring(), x:skip(100):tostring() end)
show("set", function() return x:set("hello"):tostring() end)
show("get nil", function() return x:get(2, nil, 3) end)
show("reset", function() return x:put("q"):reset():tostring() end)
show("free", function() x:free() return x:tostring() end)
show("put itself", function() x:set("ab") local r = x:put(x) return r end)
show("encode into", function() return x:reset():encode({ 1 }):get() end)
show("decode from", function() x:encode("a"):encode(2) return x:decode(), x:decode(), #x end)
show("skip negative", function() local r = x:skip(-1) return r end)
show("new", function() return #b.new(100), #b.new({}) end)
show("not a buffer", function() local r = x.put("a") return r end)
show("dictionary", function()
    local y = b.new({ dict = { "foo", "bar" } })
    y:encode({ foo = "bar" })
    return tostring(y), y:decode().foo
end)
show("metatable", function()
    local m = { __index = { z = 1 } }
    local y = b.new({ metatable = { m } })
    y:encode(setmetatable({ a = 1 }, m))
    return tostring(y), y:decode().z
end)
show("protected", function() return getmetatable(x), x.foo end)
show("many", function()
    local y = b.new()
    for i = 1, 1000 do
        y:put(i, ",")
        if i % 3 == 0 then
            y:skip(2)
        end
    end
    return #y, #y:tostring(), y:get(10)
end)
