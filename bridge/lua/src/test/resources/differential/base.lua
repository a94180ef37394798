--lines
pcall(loadstring, false, {})
pcall(loadstring, false, "x", {})
pcall(load, nil, nil, true)
select(2, loadstring("x", nil))
select(2, loadstring("x", ""))
select(2, load(function() return nil end, "n")) 
type(nil), type(1), type(""), type({}), type(print), type(true), type(coroutine.create(print))
pcall(type)
select('#'), select('#', nil, nil), select(2, 'a', 'b', 'c'), select(-1, 'a', 'b')
pcall(select, 0)
pcall(select, -5, 1)
pcall(select)
pcall(select, 'x')
select(5, 1, 2)
tonumber('10'), tonumber('0x1F'), tonumber('  12  '), tonumber('1e3'), tonumber(''), tonumber('abc'), tonumber('1 2')
tonumber('ff', 16), tonumber('zz', 36), tonumber('8', 8), tonumber('111', 2), tonumber('7', 8)
pcall(tonumber, '1', 1)
pcall(tonumber, '1', 37)
pcall(tonumber)
tonumber('0x'), tonumber('0x.8'), tonumber('0x1p4'), tonumber('0b101'), tonumber('1e'), tonumber('.'), tonumber('.5'), tonumber('5.')
tonumber('inf'), tonumber('nan'), tonumber('-inf'), tonumber('infinity')
tonumber('1e309'), tonumber('-1e309'), tonumber('1e-400')
tonumber('0x123456789abcdef'), tonumber('-0x10'), tonumber('- 1'), tonumber('+5')
tonumber({}), tonumber(nil), tonumber(true), tonumber(print)
tonumber('10', 10), tonumber(10, 16), tonumber('1_000')
pcall(tonumber, {}, 16)
tostring(nil), tostring(true), tostring(1.5), tostring(-0), tostring(1e15), tostring(1e16), tostring(2^63), tostring(1e100)
tostring(0.1), tostring(1/3), tostring(100), tostring(1e14), tostring(123456789012345), tostring(-1e15)
pcall(tostring)
tostring(setmetatable({}, {__tostring = function() return 'hi' end}))
pcall(tostring, setmetatable({}, {__tostring = function() return 1 end}))
pcall(error)
pcall(error, nil)
pcall(error, 'msg')
pcall(error, 'msg', 0)
pcall(error, 'msg', 2)
pcall(error, {1, 2})
pcall(error, 42)
pcall(assert, false)
pcall(assert, nil, 'boom')
pcall(assert, false, {1})
pcall(assert)
assert(1, 2, 3)
pcall(assert, false, nil)
pcall(setmetatable, 1, {})
pcall(setmetatable, {}, 1)
pcall(setmetatable, {})
getmetatable({}), getmetatable('').__index == string
getmetatable(setmetatable({}, {__metatable = 'locked'}))
pcall(setmetatable, setmetatable({}, {__metatable = 1}), {})
rawequal('a', 'a'), rawequal({}, {}), rawequal(1, 1.0)
pcall(rawequal, 1)
rawget({5}, 1), rawget(setmetatable({}, {__index = function() return 1 end}), 'x')
pcall(rawget, 1, 2)
pcall(rawset, {}, nil, 1)
pcall(rawset, {}, 0/0, 1)
pcall(rawset, {}, 1)
unpack({1, 2, 3}), unpack({1, 2, 3}, 2), unpack({1, 2}, 1, 3)
unpack({}, 1, 0), unpack({1, nil, 3}, 1, 3)
pcall(unpack)
pcall(unpack, {}, 1, 1e7)
next({}), next({10}), next({a = 1})
pcall(next, {}, 'nokey')
pcall(next)
pcall(ipairs)
pcall(pairs, nil)
xpcall(function() error('x', 0) end, function(e) return 'handled ' .. e end)
xpcall(function(a, b) return a + b end, print, 1, 2)
pcall(xpcall)
pcall(xpcall, print)
xpcall(error, function(e) return type(e) end)
loadstring('return 1 + 1')()
loadstring('syntax error here')
loadstring('return ...', 'name')(7)
load(function() return nil end)
load('return 5')()
load('return x', 'n', 't', {x = 9})()
pcall(load)
pcall(load, 5)
load('x', 'n', 'b')
pcall(loadstring)
loadstring('\27Lua')
collectgarbage('count') > 0, collectgarbage('stop'), collectgarbage('restart'), collectgarbage()
pcall(collectgarbage, 'bogus')
_VERSION, _G._G == _G
rawlen, table.pack, table.unpack, math.tointeger, utf8, bit32
newproxy and type(newproxy()), getmetatable(newproxy(true)) ~= nil
pcall(newproxy, 1)
pcall(getfenv, -1)
pcall(getfenv, 50)
pcall(setfenv, print, {})
pcall(setfenv, 1)
getfenv(print) == _G
gcinfo and type(gcinfo())
dofile, type(dofile)
pcall(dofile, '/nonexistent/file')
loadfile('/nonexistent/file')
package.config, type(package.loaded), type(package.preload), type(package.loaders)
package.searchpath('nope.x', './?.lua;/x/?.lua')
math.pi, math.huge, -math.huge
jit.os, jit.arch, type(jit.on), type(jit.status())
type(bit), bit.tobit(2^31), bit.bnot(0)
---
local t = {} for k, v in pairs({10, 20, 30, a = 1}) do t[#t + 1] = tostring(k) .. '=' .. tostring(v) end return unpack(t)
---
local t = {} for i, v in ipairs({1, 2, nil, 4}) do t[#t + 1] = v end return #t
---
local function f(...) return select('#', ...), ... end return f(nil, nil, 3)
---
local t = setmetatable({}, {__call = function(self, a, b) return a, b, type(self) end}) return t(1, 2)
---
local t = setmetatable({}, {__index = function(t, k) return k .. '!' end}) return t.a, t[1], rawget(t, 'a')
---
local log = {} local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end}) t.x = 5 t.x = 7 return t.x
---
local base = {a = 1} local t = setmetatable({}, {__index = setmetatable({}, {__index = base})}) return t.a, t.b
---
local mt = {__eq = function() return true end} local a, b = setmetatable({}, mt), setmetatable({}, mt) return a == b, a ~= b, a == {}
---
local mt = {__lt = function(a, b) return a.v < b.v end} local function n(v) return setmetatable({v = v}, mt) end return n(1) < n(2), n(1) > n(2), n(1) <= n(2), n(2) >= n(1)
---
local mt = {__le = function(a, b) return a.v <= b.v end} local function n(v) return setmetatable({v = v}, mt) end return n(1) <= n(2), n(1) >= n(2), pcall(function() return n(1) < n(2) end)
---
local mt = {__concat = function(a, b) return type(a) .. type(b) end} local t = setmetatable({}, mt) return t .. 'x', 'x' .. t, 1 .. t, 'a' .. 'b' .. t .. 'c'
---
local mt = {__len = function() return 42 end} return #setmetatable({1, 2}, mt)
---
local mt = {__unm = function(a, b) return rawequal(a, b) end, __add = function(a, b) return 'add' end, __mod = function() return 'mod' end, __idiv = function() return 'idiv' end} local t = setmetatable({}, mt) return -t, t + 1, 1 + t, t % 2
---
local mt = {__pairs = function() return function() end end, __ipairs = function() return function() end end} local n = 0 for _ in pairs(setmetatable({1, 2}, mt)) do n = n + 1 end for _ in ipairs(setmetatable({1, 2}, mt)) do n = n + 1 end return n
---
local p = newproxy(true) getmetatable(p).__len = function() return 7 end getmetatable(p).__index = {x = 3} return #p, p.x, type(p)
---
local f = setfenv(function() return x end, {x = 11}) return f(), getfenv(f).x
---
local function f() setfenv(1, {y = 3}) return y end return f()
---
local function f() return getfenv(2) == getfenv(1) end return f()
---
x = 5 local function f() return x end setfenv(f, setmetatable({}, {__index = _G})) return f(), x
---
module('difftest.mod', package.seeall) function hello() return 'hi' end local m = package.loaded['difftest.mod'] return m.hello(), m._NAME, m._PACKAGE, m._M == m
---
package.preload['pre.loaded'] = function(name) return {name = name} end local m = require('pre.loaded') return m.name, require('pre.loaded') == m
---
package.preload['pre.nil'] = function() end return require('pre.nil'), package.loaded['pre.nil']
---
package.preload['pre.err'] = function() error('inner') end return pcall(require, 'pre.err')
---
package.preload['pre.loop'] = function() return require('pre.loop') end return pcall(require, 'pre.loop')
---
package.preload['pre.false'] = function() return false end return require('pre.false'), package.loaded['pre.false']
---
local t = {} t[1] = 1 t[1.0] = 2 t[2^53] = 3 return t[1], t[2^53], #t
---
local t = {} t[-0.0] = 'z' return t[0], next(t)
---
return pcall(function() local t = {} t[nil] = 1 end)
---
return pcall(function() local t = {} t[0/0] = 1 end)
---
local t = {} return t[nil], t[0/0]
---
local a <const> = 1 return a
---
return pcall(function() error() end)
---
return pcall(function() error('a', 1) end)
---
return pcall(function() error('a', 2) end)
---
return pcall(function() error('a', 3) end)
---
local function lvl() error('deep', 2) end local function mid() lvl() end return pcall(mid)
---
return pcall(pcall)
---
return pcall(pcall, error, 'x')
---
return select(2, pcall(error, setmetatable({}, {__tostring = function() return 'E' end})))
---
return xpcall(function() local x = nil; x() end, function(m) return m .. '!' end)
---
return xpcall(function() error('one') end, function() error('two') end)
---
local ok, tb = xpcall(function() error('tb') end, debug.traceback) return ok, (tb:gsub('\n.*', ''))
