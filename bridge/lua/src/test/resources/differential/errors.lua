local x return x.y
---
local x return x.y.z
---
local t = {} return t.a.b
---
local t = {} return t.a.b.c
---
return undefinedglobal.x
---
undefinedglobal.x = 1
---
undefinedfunction()
---
local t = {} t.nope()
---
local t = {} t:nope()
---
local t = {a = {}} t.a.b()
---
local t = {a = {}} t.a:b()
---
local s = 'x' s:nope()
---
local f = 5 f()
---
(5)()
---
local t = {} t[1]()
---
local t = {} local k = 'a' t[k]()
---
local t = {} local k = 'a' return t[k].x
---
local up = nil local function f() return up.x end f()
---
local up = nil local function f() up() end f()
---
local up = nil local function f() up.x = 1 end f()
---
local a = {} return a + 1
---
local a = {} return 1 + a
---
local a return a + 1
---
local t = {} return t.x + 1
---
local t = {} return 1 + t.x
---
return gx + 1
---
return 1 - gx
---
local a, b = {}, 'x' return a .. b
---
local a, b = 'x', {} return a .. b
---
local a return 'x' .. a
---
local a return a .. 'x'
---
local t = {} return 'x' .. t.y .. 'z'
---
return 'x' .. gy
---
return nil .. 'x'
---
local a return #a
---
local t = {} return #t.x
---
return #gz
---
return #5
---
local a return -a
---
local t = {} return -t.x
---
return -{}
---
local a, b = 1, 'x' return a < b
---
local a, b = {}, {} return a < b
---
local a, b = nil, 1 return a <= b
---
local a, b = 1, nil return a > b
---
return {} < 1
---
return 1 < {}
---
return print < 1
---
for i = 1, 10 do local x = nil + i end
---
for k in 5 do end
---
for k in nil do end
---
for k in {} do end
---
local t = nil for k, v in pairs(t) do end
---
local t = nil for k, v in ipairs(t) do end
---
local t = {} t.x.y = 1
---
local t = {} t.x[1] = 1
---
local t t[1] = 2
---
local t = 5 t.x = 1
---
local t = true return t.x
---
return (function() end).x
---
return ('x').y.z
---
return math.floor('x')
---
return ('x'):rep('y')
---
return string.rep()
---
return ('x'):rep()
---
local s = string s.rep()
---
local r = string.rep r()
---
return setmetatable(1, 2)
---
return tostring()
---
string.format('%d', 'x')
---
return ('%d'):format('x')
---
return ('x'):bad()
---
io.nope()
---
return os.time({})
---
return os.date('%Ez')
---
error('top')
---
error('top', 0)
---
error('top', 2)
---
error({})
---
error()
---
error(nil)
---
error(42)
---
error('x' .. 1)
---
local function f() error('in f') end f()
---
local function f() error('in f', 2) end
f()
---
local t = {} function t.m() error('in m', 2) end
t.m()
---
assert(false)
---
assert(nil, 'amsg')
---
assert(false, {})
---
assert(1 == 2, 'cmp')
---

local a = 1
local b = nil
local c = a + b
---
local t = setmetatable({}, {__index = function(t, k) error('idx ' .. k) end}) return t.foo
---
local t = setmetatable({}, {__index = function(t, k) error('idx ' .. k, 2) end}) return t.foo
---
local t = setmetatable({}, {__add = function(a, b) return a.x.y end}) return t + 1
---
local t = setmetatable({}, {__call = 5}) t()
---
local t = setmetatable({}, {__index = 5}) return t.x
---
local t = setmetatable({}, {__newindex = 5}) t.x = 1
---
local a = setmetatable({}, {}) a() 
---
local function r() return r() + 1 end local ok, e = pcall(r) return ok, (e:gsub('^.-: ', ''))
---
local function r() local x = r() return x end return select('#', pcall(r))
---
local n = 0 local function loop(i) if i == 0 then return n end n = n + 1 return loop(i - 1) end return loop(100000)
---
local function f(t) return t.x.y.z end return f({x = {}})
---
local function f(a, b) return a.b.c + b end return f({b = {}}, 1)
---
local function f(...) local a = ... return a.x end return f()
---
local a = {b = {c = {}}} return a.b.c.d.e
---
local a = {b = {c = {}}} a.b.c.d.e = 5
---
local a = {b = {c = {}}} a.b.c.d()
---
local a = {b = {c = {}}} a.b.c:d()
---
local a = {} a[1][2] = 3
---
local a = {} local i = 1 return a[i][i]
---
local a = {} return a.b[1]
---
return (nil)[1]
---
return ({}).x.y
---
return string.nope.x
---
return string.nope()
---
return _G.nope()
---
return _G.nope.x
---
local _G = {} return _G.x.y
---
local t = {} return t.x < 1
---
local t = {} return t.x .. t.y
---
local a, b return a == b, a < b
---
local s = 'abc' return s + 1
---
local s = 'abc' return 1 + s
---
return 'abc' + 1
---
return {} .. 'x'
---
local a = 'x' return a.b.c
---
if nil > 1 then end
---
while nil < 1 do end
---
repeat local x = 1 until x.y.z
---
return not nil == 1, nil + 1
---
local function f() return nil end return f().x
---
local function f() return nil end return f() + 1
---
local function f() return nil end f()()
---
local function f() return nil end return f() .. 'x'
---
return (function() return nil + 1 end)()
---
local x = 5; local y = x.z.w
---
goto_ = 1 return goto_.x.y
---
local t = {f = function(self) return self.q.r end} t:f()
---
return pcall(string.rep, 'x', -1)
---
return pcall(setmetatable({}, {__call = function(_, a) return a.b.c end}), {})
---
return pcall(next, {}, 1)
---
return pcall(ipairs, 'x')
---
return pcall(coroutine.resume, 5)
---
return pcall(coroutine.create, 5)
---
return pcall(coroutine.wrap, 5)
---
return pcall(coroutine.status, nil)
---
local t = {} ; t[nil] = 5
---
local t = {} ; t[0/0] = 5
---
local a; local b = a and a.x; return b.y
---
local n = 1; n.x.y = 5
---
return ({1,2,3})[4].x
---
local obj = {} function obj:m(a) return a.x end obj:m()
---
local obj = {} function obj:m() return self.f.x end obj:m()
---
local function outer() local v; local function inner() return v.x end return inner() end outer()
---
local t = {1,2} for i, v in ipairs(t) do local z = v.x.y end
---
for i = 1, 2 do undefinedthing(i) end
---
local a <close> = 1
---
x = = 1
---
return table.concat({1, {}, 2})
---
return table.concat({1, {}, 2}, ',')
---
local t = {} table.insert(t)
---
table.insert(nil, 1)
---
return ('x'):find(nil)
---
return ('x'):gsub('x')
---
return ('x'):byte({})
---
return tonumber('x', 99)
---
return select(0)
---
return unpack(nil)
---
return rawset(1, 2, 3)
---
return getmetatable()
---
return xpcall(1)
---
return math.random(0)
---
return string.char(-1)
---
return ('%q'):format({})
---
return bit.band({})
---
return os.time('x')
---
return load(5)
---
return require({})
