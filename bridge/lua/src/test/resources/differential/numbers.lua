--lines
bit.tohex(255, 9), #bit.tohex(1, 71), #bit.tohex(1, 1000), #bit.tohex(-1, -300), bit.tohex(255, -12)
pcall(math.rad)
pcall(math.deg, {})
pcall(math.deg, "x")
pcall(math.rad, true)
math.rad("180"), math.deg("0x10"), math.rad(-1.5)
pcall(math.log, 8, nil)
pcall(math.log, 8, 2)
pcall(math.log, "8")
1 + 1, 7 / 2, 7 % 3, -7 % 3, 7 % -3, -7 % -3, 2 ^ 10, 2 ^ 0.5, 10 // 1
5.5 % 2, -5.5 % 2, 5 % 0, 5 % math.huge, -5 % math.huge, 0/0 ~= 0/0
1e308 * 10, -1e308 * 10, 1e-320, 2^1023 * 2, 5 / 0, -5 / 0, 0 / 0
0x10, 0xff, 0xFFFFFFFF, 0x1p4, 0x.8p1, 1e2, 1E+2, 1e-2, .5, 5., 3.14159
100000000000000, 1e14, 1e15, 123456789012345678, 0.1 + 0.2, 1/3, 100 / 3
2147483647 + 1, -2147483648 - 1, 2147483647 * 2, 65536 * 65536, 46341 * 46341, -2147483648 * -1
2^31, 2^32, 2^53, 2^53 + 1, 2^63, 2^64, -2^63
-0.0, 1 / -0.0, -0, 1 / -0, - 0, -0x0
math.floor(3.7), math.floor(-3.7), math.ceil(3.2), math.ceil(-3.2), math.floor(2^40), math.floor(1e100), math.ceil(-0.5)
math.abs(-5), math.abs(5.5), math.abs(-0.0), math.sqrt(16), math.sqrt(-1) ~= math.sqrt(-1)
math.max(1, 5, 3), math.min(1, 5, 3), math.max(1.5), math.min('3', 2)
pcall(math.max)
pcall(math.min, 'x')
pcall(math.floor)
pcall(math.floor, {})
pcall(math.floor, 'x')
math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.mod and math.mod(7, 3), math.fmod(5.5, 2)
math.modf(3.7), math.modf(-3.7), math.modf(5), math.modf(1/0), math.modf(-1/0)
math.frexp(8), math.frexp(0), math.frexp(-3.5), math.frexp(1e-310), math.ldexp(0.5, 4), math.ldexp(1, -1)
math.log(1), math.log(8, 2), math.log(100, 10), math.log(27, 3), math.log10(1000), math.exp(0), math.log(0)
math.sin(0), math.cos(0), math.tan(0), math.atan2(1, 1), math.atan2(0, -1), math.deg(math.pi), math.rad(180), math.pow(2, 3)
math.sinh(0), math.cosh(0), math.tanh(0), math.asin(1), math.acos(1), math.atan(1)
pcall(math.random, 0)
pcall(math.random, 2, 1)
pcall(math.random, 'x')
'10' + 5, '0x10' + 0, ' 5 ' * 2, '1e1' + 0, 10 .. 20, '3' * '4', -'2', '10' / 2, '7' % 4, '2' ^ 2
pcall(function() return 'x' + 1 end)
pcall(function() return '' + 1 end)
pcall(function() return {} + 1 end)
1 < 2, 1 <= 1, 2 > 1, 1 == 1.0, '1' == 1, 0 == -0.0, 0/0 == 0/0, 1 ~= 2
pcall(function() return 1 < '2' end)
pcall(function() return {} < {} end)
pcall(function() return nil < 1 end)
pcall(function() return true < false end)
pcall(function() return print < print end)
pcall(function() return 'a' < {} end)
bit.band(0xff, 0x0f), bit.bor(1, 2, 4), bit.bxor(5, 1), bit.bnot(5), bit.lshift(1, 31), bit.lshift(1, 32), bit.rshift(-1, 28), bit.arshift(-16, 2), bit.rol(0x12345678, 8), bit.ror(0x12345678, 8)
bit.tobit(0xffffffff), bit.tobit(2^32 + 5), bit.tobit(-1), bit.tobit(1.5), bit.tobit(2.5), bit.tobit(2^40 + 7), bit.tobit(1e15)
bit.tohex(255), bit.tohex(255, 4), bit.tohex(255, -4), bit.tohex(-1), bit.tohex(0x12345678, 2), bit.tohex(1, 0), bit.bswap(0x12345678)
pcall(bit.band)
pcall(bit.band, 'x')
pcall(bit.band, 1, {})
bit.band('0xff', 15), bit.lshift(1, -1), bit.rshift(8, 33)
tostring(3) == '3', tostring(3.0), 3 | 0
1e5, 1e16, 12345678901234, 0.1e-5, 1.5e300, 5e-324, 1.7976931348623157e308
8 % 3.5, -1 % 0.3, 2^-1, (-8) ^ (1/3) ~= (-8) ^ (1/3), 0 ^ 0, (-2) ^ 2, -2 ^ 2, 2 ^ 3 ^ 2
---
local s = 0 for i = 1, 10 do s = s + i end return s
---
local t = {} for i = 10, 1, -3 do t[#t + 1] = i end return unpack(t)
---
local t = {} for i = 1, 2, 0.25 do t[#t + 1] = i end return unpack(t)
---
local n = 0 for i = 1, 0 do n = n + 1 end return n
---
return pcall(function() for i = 'x', 2 do end end)
---
return pcall(function() for i = 1, 'x' do end end)
---
return pcall(function() for i = 1, 2, {} do end end)
---
return pcall(function() for i = nil, 2 do end end)
---
local n = 0 for i = '1', '3' do n = n + i end return n
---
local n = 0 for i = 1, 3, 0 do n = n + 1 if n > 5 then break end end return n
---
local n = 0 for i = 2147483646, 2147483649 do n = n + 1 end return n
---
local n = 0 for i = -2147483647, -2147483650, -1 do n = n + 1 end return n
---
local n = 0 for i = 1, math.huge do n = n + 1 if n > 10 then break end end return n
---
local n = 0 for i = 1, 3.5 do n = i end return n
---
local x = 0 for i = 0, 1, 0.1 do x = x + 1 end return x
---
math.randomseed(42) local a = {} for i = 1, 5 do a[i] = math.random(1, 1000) end return unpack(a)
---
math.randomseed(7) return math.random(), math.random(10), math.random(-5, 5)
---
local a = 2147483647 local b = a + 1 local c = b - 1 return a, b, c, a == c, a * a
---
local x = 1 for i = 1, 100 do x = x * 2 end return x
---
local a, b = 7, 2 return a + b, a - b, a * b, a / b, a % b, a ^ b, -a
---
local a, b = 7.5, 2 return a + b, a - b, a * b, a / b, a % b, a ^ b, -a
---
local a = 0 return -a, 1 / -a, a * -1, 0 - a
