local function f(a, b) return b, a end return f(1, 2)
---
local function f(...) return ... end return f(1, nil, 3, nil)
---
local function f(...) local a, b = ... return a, b, select('#', ...) end return f(1)
---
local function f(a, ...) return select('#', ...), a end return f(), f(1), f(1, 2, 3)
---
local function count(n) if n == 0 then return 'done' end return count(n - 1) end return count(50000)
---
local function even(n) if n == 0 then return true end return odd(n - 1) end return pcall(even, 5)
---
local a = {} function a.b(x) return x end function a:c(x) return self == a, x end return a.b(1), a:c(2)
---
local function mk() local n = 0 return function() n = n + 1 return n end, function() return n end end local inc, get = mk() inc() inc() return get()
---
local fs = {} for i = 1, 3 do local x = i fs[i] = {function() x = x + 10 end, function() return x end} end fs[1][1]() return fs[1][2](), fs[2][2]()
---
local function f() return end return select('#', f()), f()
---
local function f() return nil end return select('#', f())
---
local function f() end local a = f() return a, (f())
---
return (function(...) return select('#', ...) end)((function() return 1, 2, 3 end)())
---
local t = {f = function(self, n) return n * 2 end} return t:f(21), t.f(t, 4)
---
local function sum(...) local s = 0 for i = 1, select('#', ...) do s = s + (select(i, ...)) end return s end return sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
---
local function f(a, b, c, d, e) return a, b, c, d, e end return f(1, 2), f(1, 2, 3, 4, 5, 6)
---
return pcall(function(...) return ... end, 1, 2, 3)
---
local function f(x) if x then return 'yes' else return 'no' end end return f(1), f(nil), f(false), f(0)
---
local function f() return 1, 2, 3 end local t = {f(), (f()), f()} return #t
---
local s = 0 for _, v in ipairs({1, 2, 3}) do s = s + v end for k, v in pairs({a = 4, b = 5}) do s = s + v end return s
---
local function it(s, c) if c < s then return c + 1, c * 2 end end local r = {} for a, b in it, 3, 0 do r[#r + 1] = a .. ':' .. b end return table.concat(r, ' ')
---
for a, b, c, d in function(s, n) if not n then return 1, 2, 3, 4, 5 end end do return a, b, c, d end
---
local x = 1 local function f() x = 2 local function g() x = x + 1 return x end return g end return f()(), x
---
local a, b = 1, 2 a, b = b, a return a, b
---
local t = {1, 2} local i = 1 i, t[i] = i + 1, 20 return i, t[1], t[2]
---
local a = {} local b = a a.x, b.x = 1, 2 return a.x
---
local function f() return 1, 2 end local a, b, c = f(), 10 return a, b, c
---
local t = {} t.a, t.b, t.c = (function() return 1, 2 end)() return t.a, t.b, t.c
---
return debug.getinfo(1, 'l').currentline, debug.getinfo(1, 'S').short_src, debug.getinfo(1, 'S').what
---
local function f() return debug.getinfo(1, 'n').name, debug.getinfo(1, 'n').namewhat end local a, b = f() return a, b
---
local t = {} function t.m() local i = debug.getinfo(1, 'n') return i.name, i.namewhat end local a, b = t.m() return a, b
---
local t = {} function t:m() local i = debug.getinfo(1, 'n') return i.name, i.namewhat end local a, b = t:m() return a, b
---
function gfun() local i = debug.getinfo(1, 'nSl') return i.name, i.namewhat, i.linedefined, i.lastlinedefined, i.currentline end local a, b, c, d, e = gfun() return a, b, c, d, e
---
local i = debug.getinfo(print) return i.what, i.short_src, i.currentline, i.source
---
local function f(a, b, ...) end local i = debug.getinfo(f, 'u') return i.nparams, i.isvararg, i.nups
---
return debug.getinfo(50)
---
return pcall(debug.getinfo, 1, '>')
---
return pcall(debug.getinfo, 'x')
---
local function f() return debug.traceback('msg') end local tb = f() return (tb:gsub('\n%s*%[C%].*', ''))
---
local function f() return debug.traceback('msg', 2) end local tb = f() return (tb:gsub('\n%s*%[C%].*', ''))
---
return debug.traceback({}) ~= nil, debug.traceback(nil) ~= nil, type(debug.traceback())
---
local function deep(n) if n == 0 then return debug.traceback('deep') end local r = deep(n - 1) return r end return (deep(30))
---
local a, b = 1, 2 local n, v = debug.getlocal(1, 1) return n, v, debug.getlocal(1, 2)
---
local function f(x, y) local z = 3 return debug.getlocal(1, 3) end local n, v = f(1, 2) return n, v
---
return debug.getlocal(print, 1), debug.getlocal(function(aa, bb) end, 2)
---
local u = 5 local function f() return u end return debug.getupvalue(f, 1)
---
local u = 5 local function f() return u end debug.setupvalue(f, 1, 9) return u, f()
---
local function f() end return debug.getupvalue(f, 1)
---
local ok, tb = xpcall(function() local x = nil; return x.y end, debug.traceback) return ok, (tb:gsub('\n%s*%[C%].*', ''))
---
local ok, tb = xpcall(function() error('E') end, debug.traceback) return ok, tb:match('^[^\n]*\n[^\n]*\n[^\n]*\n[^\n]*')
---
local ok, tb = xpcall(function() string.rep() end, debug.traceback) return ok, tb:match('^[^\n]*\n[^\n]*\n[^\n]*\n[^\n]*')
---
local f = loadstring('return ...') return f(1, 2), select('#', f())
---
local t = setmetatable({}, {__index = table}) t:insert('a') t:insert('b') return t:concat(',')
---
local Account = {} Account.__index = Account function Account.new(b) return setmetatable({balance = b}, Account) end function Account:deposit(v) self.balance = self.balance + v return self end return Account.new(10):deposit(5):deposit(7).balance
---
local A = {} A.__index = A function A:hi() return 'A' end local B = setmetatable({}, {__index = A}) B.__index = B local b = setmetatable({}, B) return b:hi(), B.hi == A.hi
---
local memo = setmetatable({}, {__mode = 'v'}) memo[1] = 'x' return memo[1]
---
local r = {} for i = 3, 1, -1 do r[#r + 1] = i end return unpack(r)
---
local function f(...) local t = {n = select('#', ...), ...} return t.n, t[1], t[t.n] end return f('a', nil, 'c')
---
local big = {} for i = 1, 250 do big[i] = i end return select('#', unpack(big)), (select(250, unpack(big)))
---
local function many() return unpack({1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20}) end return (select(20, many()))
---
return type(debug.getregistry()), debug.gethook() == nil or true, type(debug.upvalueid), type(debug.sethook())
