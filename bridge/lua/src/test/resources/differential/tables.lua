--lines
table.concat({1, 2, 3}), table.concat({1, 2, 3}, ','), table.concat({}, ','), table.concat({1, 2, 3}, ',', 2), table.concat({1, 2, 3}, ',', 2, 3), table.concat({'a'}, ',', 1, 1), table.concat({1, 2}, ',', 3)
pcall(table.concat, {1, {}, 3})
pcall(table.concat, {1, nil, 3}, ',', 1, 3)
pcall(table.concat, {true})
pcall(table.concat)
pcall(table.concat, {1}, {})
pcall(table.concat, {1, 2}, ',', 'x')
pcall(table.insert, {}, 1, 2, 3)
pcall(table.insert, {})
pcall(table.insert, 1, 2)
pcall(table.insert, {}, 'x', 1)
pcall(table.remove, nil)
pcall(table.sort, {3, 1, 'x'})
pcall(table.sort, {3, 1, {}})
pcall(table.sort, {1, 2, 3}, 5)
pcall(table.sort, {1, nil, 3})
pcall(table.sort)
table.maxn({1, 2, 3}), table.maxn({[10] = 1, [2.5] = 2}), table.maxn({}), table.getn({1, 2})
table.remove({}), table.remove({1, 2, 3}), table.remove({1, 2, 3}, 1), table.remove({1, 2, 3}, 10), table.remove({1, 2, 3}, 0)
#{}, #{1, 2, 3}, #{1, nil, 3}, #{nil, nil, 3}, #{n = 1}, #{nil}, #{1, 2, nil}, #{nil, 2}
#{1, 2, 3, nil, 5}, #{1, 2, 3, nil, 5, nil}, #{1, nil, nil, 4}, #{[1] = 1, [2] = 2}, #{[1] = 1, [2] = 2, [4] = 4}
#{(function() return 1, 2, 3 end)()}, #{(function() return 1, nil, 3 end)()}, #{(function() return nil, nil end)()}
table.move({1, 2, 3}, 1, 3, 2), table.move({1, 2, 3}, 2, 3, 1), table.move({1, 2}, 1, 2, 1, {})
pcall(table.move, {})
pcall(table.move, {}, 1, 2)
table.foreach({1, 2}, function(k, v) return v end), table.foreachi({5, 6}, function(i, v) if i == 2 then return v end end)
pcall(table.foreach, {})
select('#', table.insert({}, 1)), select('#', table.remove({})), select('#', table.remove({1}, 5))
select('#', table.sort({})), select('#', table.foreach({}, print))
---
local t = {1, 2, 3} table.insert(t, 4) table.insert(t, 1, 0) table.insert(t, 3, 'x') return table.concat(t, ',')
---
local t = {1, 2, 3} table.insert(t, 10, 'x') return #t, t[10]
---
local t = {1, 2, 3} table.insert(t, -1, 'x') return t[-1], #t, table.concat(t, ',')
---
local t = {1, 2, 3, 4, 5} local a = table.remove(t, 2) local b = table.remove(t) return a, b, table.concat(t, ',')
---
local t = {5, 2, 8, 1, 9, 3} table.sort(t) return table.concat(t, ' ')
---
local t = {5, 2, 8, 1, 9, 3} table.sort(t, function(a, b) return a > b end) return table.concat(t, ' ')
---
local t = {'b', 'a', 'C', 'A'} table.sort(t) return table.concat(t, ' ')
---
local t = {} for i = 1, 100 do t[i] = (i * 7919) % 101 end table.sort(t) return table.concat(t, ' ')
---
local t = {} for i = 1, 50 do t[i] = {k = (i * 31) % 10, i = i} end table.sort(t, function(a, b) return a.k < b.k end) local r = {} for i, v in ipairs(t) do r[i] = v.k .. ':' .. v.i end return table.concat(r, ' ')
---
local t = {} for i = 1, 10 do t[i] = i end return pcall(table.sort, t, function(a, b) return true end)
---
local t = {3, 1, 2} return pcall(table.sort, t, function(a, b) error('cmp') end)
---
local n = 0 local t = {4, 3, 2, 1} table.sort(t, function(a, b) n = n + 1 return a < b end) return n
---
local t = {} for i = 1, 20 do t[#t + 1] = i end for i = 20, 11, -1 do t[i] = nil end return #t
---
local t = {} t[1] = 1 t[2] = 2 t[4] = 4 return #t
---
local t = {1, 2, 3} t[2] = nil return #t
---
local t = {1, 2, 3} t[3] = nil return #t
---
local t = {} for i = 1, 8 do t[i] = i end t[4] = nil return #t
---
local t = {} for i = 1, 8 do t[i] = i end t[8] = nil t[4] = nil return #t
---
local t = {n = 1} for i = 1, 5 do t[i] = i end t[6] = nil t[3] = nil return #t
---
local t = {10, 20, 30, nil} return #t
---
local t = {} t[3] = 3 t[2] = 2 t[1] = 1 return #t
---
local function f(...) local t = {...} return #t, select('#', ...) end return f(1, nil, 3), f(nil), f(1, nil), f()
---
local t = {10, 20, 30} local keys = {} for k in pairs(t) do keys[#keys + 1] = k end return unpack(keys)
---
local t = {a = 1, b = 2, c = 3} for k in pairs(t) do t[k] = nil end return next(t)
---
local t = {1, 2, 3, 4} for i, v in ipairs(t) do if v == 2 then table.remove(t, i) end end return #t
---
local t = {} for i = 1, 1000 do t[i] = i end for i = 1, 1000 do t[i] = nil end return #t, next(t)
---
local t = {[1] = 'a', [2] = 'b', x = 1} local n = 0 for _ in pairs(t) do n = n + 1 end return n, #t
---
local t = setmetatable({}, {__mode = 'k'}) t[{}] = 1 t.x = 2 return t.x
---
local new = require('table.new') local t = new(10, 5) t[1] = 1 return #t, type(new)
---
local clear = require('table.clear') local t = {1, 2, a = 1} clear(t) return #t, next(t)
---
local t = {} t[1.5] = 'a' t['1'] = 'b' t[1] = 'c' t[true] = 'd' return t[1.5], t['1'], t[1], t[true], t[false]
---
local t = {f = function() return 1, 2 end, 10, 20; 30, ['k'] = 5} return t[1], t[2], t[3], t.k, t.f()
---
local t = {[1] = 'x', 'y'} return t[1]
---
local t = {1, 2, 3, (function() return 4, 5 end)()} return #t
---
local t = {(function() return 4, 5 end)(), 6} return #t
