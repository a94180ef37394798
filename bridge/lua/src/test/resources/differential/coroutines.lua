local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) local d, e = coroutine.yield(c * 2) return d + e end) return coroutine.resume(co, 1, 2), coroutine.resume(co, 10), coroutine.resume(co, 3, 4), coroutine.resume(co)
---
local co = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) return co(), co(), co(), co(), pcall(co)
---
local co = coroutine.create(function() error('oops') end) return coroutine.resume(co), coroutine.status(co), coroutine.resume(co)
---
local co = coroutine.create(function() error({code = 5}) end) local ok, e = coroutine.resume(co) return ok, e.code
---
local co co = coroutine.create(function() return coroutine.status(co), coroutine.running() == co end) return coroutine.status(co), coroutine.resume(co), coroutine.status(co)
---
local co1, co2 co1 = coroutine.create(function() return coroutine.resume(co2) end) co2 = coroutine.create(function() return coroutine.status(co1), coroutine.resume(co1) end) return coroutine.resume(co1)
---
local co co = coroutine.create(function() return coroutine.resume(co) end) return coroutine.resume(co)
---
local co = coroutine.wrap(function() return pcall(function() coroutine.yield(1) error('after') end) end) return co(), co()
---
local co = coroutine.wrap(function() local ok, e = pcall(coroutine.yield, 'y') return ok, e end) return co(), co('back')
---
local co = coroutine.wrap(function() local t = setmetatable({}, {__index = function(t, k) return coroutine.yield(k) end}) return t.foo end) return co(), co('bar')
---
local co = coroutine.wrap(function() for v in function() return coroutine.yield('iter') end do return v end end) return co(), co(5)
---
local co = coroutine.wrap(function() return xpcall(function() coroutine.yield('in') error('e', 0) end, function(e) return e .. '!' end) end) return co(), co()
---
local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end local s = 0 for i in gen(10) do s = s + i end return s
---
local co = coroutine.wrap(function(...) local a = {...} while true do a = {coroutine.yield(#a, unpack(a))} end end) return co(1, 2), co(), co(nil, nil)
---
local co = coroutine.wrap(function() error('wrapped') end) return pcall(co)
---
local co = coroutine.wrap(function() error({}) end) return pcall(co)
---
local co = coroutine.wrap(function() return 1 end) co() return pcall(co)
---
local co = coroutine.create(function() return 1 end) coroutine.resume(co) return coroutine.resume(co)
---
return coroutine.isyieldable(), type(coroutine.running())
---
local co = coroutine.create(function() local x = nil return x.y end) return coroutine.resume(co)
---
local co = coroutine.create(function() coroutine.yield() end) coroutine.resume(co) return debug.traceback(co), debug.traceback(co, 'msg')
---
local function f() coroutine.yield() end local co = coroutine.create(function() f() end) coroutine.resume(co) return (debug.traceback(co))
---
local co = coroutine.create(function() error('dead') end) coroutine.resume(co) return debug.traceback(co)
---
local co = coroutine.wrap(function() return coroutine.wrap(function() coroutine.yield('inner') return 'done' end)() end) return co()
---
local co = coroutine.create(print) return coroutine.status(co), type(co)
---
local co = coroutine.create(function(...) return select('#', ...) end) return coroutine.resume(co, nil, nil)
---
local t = {} local function visit(n) if n > 0 then visit(n - 1) coroutine.yield(n) visit(n - 1) end end for v in coroutine.wrap(function() visit(4) end) do t[#t + 1] = v end return table.concat(t, ' ')
---
local co = coroutine.create(function() local co2 = coroutine.create(function() coroutine.yield(1) error('x') end) return coroutine.resume(co2), coroutine.resume(co2), coroutine.status(co2) end) return coroutine.resume(co)
---
local function f(n) if n == 0 then coroutine.yield('bottom') return 0 end return 1 + f(n - 1) end local co = coroutine.wrap(f) return co(100), co()
---
local n = 0 for i = 1, 2000 do local co = coroutine.wrap(function() coroutine.yield(i) end) n = n + co() end return n
---
local r = {} local function p(i) return coroutine.create(function() for j = 1, 3 do r[#r + 1] = i .. j coroutine.yield() end end) end local a, b = p('a'), p('b') while coroutine.status(a) ~= 'dead' do coroutine.resume(a) coroutine.resume(b) end return table.concat(r, ' ')
---
return select('#', coroutine.resume(coroutine.create(function() end)))
---
return pcall(coroutine.resume, coroutine.running())
---
return coroutine.resume(coroutine.create(function() return pcall(error, 'e') end))
---
return coroutine.wrap(function() return pcall(pcall, coroutine.yield, 1) end)()
---
local co = coroutine.wrap(function() local t = {3,1,2} table.sort(t, function(a, b) return a < b end) return table.concat(t) end) return co()
