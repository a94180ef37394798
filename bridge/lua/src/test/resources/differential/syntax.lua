--lines
loadstring('x =')
loadstring('x = = 1')
loadstring('x 1')
loadstring('local')
loadstring('local 1')
loadstring('local x = ')
loadstring('if x')
loadstring('if x then')
loadstring('if then end')
loadstring('while')
loadstring('while true')
loadstring('for')
loadstring('for x')
loadstring('for i = 1')
loadstring('for i = 1, 2')
loadstring('for i in')
loadstring('for 1 = 2')
loadstring('function')
loadstring('function f')
loadstring('function f(')
loadstring('function f(1)')
loadstring('function f(a,)')
loadstring('function f()')
loadstring('return return')
loadstring('return 1 x')
loadstring('end')
loadstring('do')
loadstring('repeat')
loadstring('repeat until')
loadstring('x = {')
loadstring('x = {1')
loadstring('x = {1 2}')
loadstring('x = {a=}')
loadstring('x = (1')
loadstring('f(')
loadstring('f(1')
loadstring('f(1,)')
loadstring('f.1')
loadstring('f:')
loadstring('f:x')
loadstring('f.x')
loadstring('x.y')
loadstring('1')
loadstring('"x"')
loadstring('x = "abc')
loadstring('x = "abc\n"')
loadstring("x = 'abc")
loadstring('x = [[abc')
loadstring('x = [==[abc]]')
loadstring('--[[ abc')
loadstring('--[==[ abc ]]')
loadstring('x = [=abc')
loadstring('x = "\\q"')
loadstring('x = "\\300"')
loadstring('x = "\\xZZ"')
loadstring('x = "\\u{110000}"')
loadstring('x = "\\u{zz}"')
loadstring('x = 1..2')
loadstring('x = 1e')
loadstring('x = 0x')
loadstring('x = 3x')
loadstring('x = 1.2.3')
loadstring('x = 08')
loadstring('@')
loadstring('x = @')
loadstring('x = $')
loadstring('x ! y')
loadstring('x = a ~ b')
loadstring('x = a & b')
loadstring('x = a // b')
loadstring('x = a << b')
loadstring('\1')
loadstring('x = \200')
loadstring('break')
loadstring('do break end')
loadstring('goto nope')
loadstring('goto 1')
loadstring('::a:: ::a::')
loadstring('::a')
loadstring('goto a; local x; ::a:: x = 1')
loadstring('do goto a end; local x; ::a::')
loadstring('x = ...')
loadstring('function f() return ... end')
loadstring('local function f() local x = ... end')
loadstring('x, y = 1')
loadstring('x, 1 = 2')
loadstring('f() = 1')
loadstring('(f)() = 1')
loadstring('(x) = 1')
loadstring('x() y')
loadstring('a.b:c = 1')
loadstring('local x.y = 1')
loadstring('local function x.y() end')
loadstring('function x:y.z() end')
loadstring('x = }')
loadstring('x = ]')
loadstring('x = )')
loadstring('x = function')
loadstring('x = function(')
loadstring('x = function() ')
loadstring('x = not')
loadstring('x = -')
loadstring('x = #')
loadstring('x = 1 +')
loadstring('x = and')
loadstring('and')
loadstring('x = nil nil')
loadstring('elseif')
loadstring('if x then else elseif y then end')
loadstring('if x then elseif end')
loadstring('\n\n\nx = = 1')
loadstring('if a then\n\nx = 1\n')
loadstring('f(\n\n1\n')
loadstring('x = {\n1,\n')
loadstring('x = [[\n\n')
loadstring('for i=1,2 do\n')
loadstring('while 1 do\n x()\n')
loadstring('function f()\n if x then\n end\n')
loadstring('x = "very long string that goes on and on and on and on and on and on and on and on" y')
loadstring('veryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongname x')
loadstring('return', '=name'), loadstring('x x', '=name'), loadstring('x x', '@file.lua'), loadstring('x x', 'some source'), loadstring('x x', 'line1\nline2')
loadstring('x x', ('y'):rep(100)), loadstring('x x', '@' .. ('y'):rep(100)), loadstring('x x', '=' .. ('y'):rep(100))
loadstring('#!shebang\nreturn 1')
loadstring('return 1;'), loadstring(';'), loadstring('return;'), loadstring('')
loadstring('x = 1;; y = 2')
loadstring('f()\n(g)()')
loadstring('local a <const> = 1')
loadstring('goto = 1')
loadstring('local goto = 1 return goto')
loadstring('x.goto = 1')
loadstring('return x.end')
loadstring('x = {end = 1}')
loadstring(('x = 1 '):rep(10) .. '=')
loadstring('local ' .. ('a,'):rep(250) .. 'a')
loadstring('return ' .. ('('):rep(300) .. '1' .. (')'):rep(300))
loadstring(('do '):rep(300) .. ('end '):rep(300))
loadstring('x = a.b.c.d.e:f')
loadstring('if x = 1 then end')
loadstring('while x do return end end')
loadstring('return function() end end')
loadstring('local x <')
loadstring('x = "a" "b"')
loadstring('f"a" "b" {}'), loadstring('f{}.x = 1'), loadstring('f"x":y()')
---
goto done
do return 'skipped' end
::done::
return 'reached'
---
local i = 1
::top::
i = i + 1
if i < 5 then goto top end
return i
---
for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto continue end
  end
  ::continue::
end
return 'ok'
---
local t = {} for i = 1, 5 do if i % 2 == 0 then goto continue end t[#t + 1] = i ::continue:: end return unpack(t)
---
local goto = 5 return goto
---
goto = 7 return goto
---
local t = {goto = 1} return t.goto
---
do local x = 1 end return x
---
local a, b, c = (function() return 1, 2, 3 end)() return a, b, c
---
local a, b, c = ((function() return 1, 2, 3 end)()) return a, b, c
---
local f = function(...) return ... end return (f(1, 2)), f(1, 2)
---
return 'x' --comment
---
return --[[c]] 1 --[==[ d ]==] + 2
---
local s = "a\z
   b" return s
---
return "\x41\65\u{41}", '\'', "\"", '\
', "\0651"
---
local x = 1; ; ; return x
---
return 0xA, 0Xa, 0x.1, 0xA.8, 0x1p-2, 1e+5
---
local function f(a, b, ...) return a, b, select('#', ...) end return f(1), f(1, 2, 3, 4)
---
while true do if true then break end end return 'out'
---
repeat local done = true until done return 'done'
---
local i = 0 repeat i = i + 1 if i == 3 then break end until false return i
---
return not nil, not 0, not not 1, nil and 1, false or 'x', 1 and 2, nil or false
---
return 1 + 2 * 3 - 4 / 2, (1 + 2) * 3, 2 ^ 2 ^ 3, -2 ^ 2, not 1 == 2, 'a' .. 'b' .. 'c' == 'abc', 1 .. 2 == '12'
---
local a = {} a.b = {} a.b.c = function(self, x) return x end return a.b:c(5), a.b.c(nil, 6), a['b']['c'](nil, 7)
---
local function f() return 1, 2 end local t = {f(), f()} return #t, t[1], t[2], t[3]
---
local a = 1 local a = a + 1 local a = a + 1 return a
---
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end return fact(20)
---
local t = {} for i = 1, 3 do t[i] = function() return i end end return t[1](), t[2](), t[3]()
---
local t = {} local i = 1 while i <= 3 do local j = i t[i] = function() j = j + 1 return j end i = i + 1 end return t[1](), t[1](), t[2]()
---
local x = 10 do local x = 20 end return x
---
_ENV = 5 return _ENV, _G == nil
---
local _ENV = {} return type(print)
---
return f'x', f"y" , pcall(f)
---
local s = [[
a
b]] return s
---
local x <const> = 5
---
return 5 5
---
print('x'
---
local t = { 1, 2, 3 return t
---
if true then return 1
---
for i = 1, 10 do
---
x = 'unclosed
---
x = "unclosed \
---
return ]]
---
function f(x) return x end end
