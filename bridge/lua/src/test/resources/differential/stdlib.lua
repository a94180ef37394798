--lines
os.time({year = 2020, month = 1, day = 1, hour = 0}), os.time({year = 2020, month = 13, day = 1}), os.time({year = 1970, month = 1, day = 1, hour = 12})
os.date('!%Y-%m-%d %H:%M:%S', 0), os.date('!%a %A %b %B %d %j %p %y %%', 86400 * 45), os.date('!%c', 1e9), os.date('!%x %X', 1e9), os.date('!%D %F %T %R', 1e9)
os.date('!*t', 1e9).year, os.date('!*t', 1e9).yday, os.date('!*t', 1e9).isdst, os.date('!*t', 1e9).wday
os.date('!%U %W %V %G %u %w %e %I %C %h', 1234567890)
pcall(os.time, {year = 2020})
pcall(os.date, '*t', 'x')
os.difftime(10, 5), type(os.time()), type(os.clock()), os.getenv('NO_SUCH_VARIABLE_HERE')
os.remove('/nonexistent/path/file')
os.rename('/nonexistent/a', '/nonexistent/b')
type(os.tmpname), os.setlocale('C'), os.setlocale('xx_YY')
io and type(io.open), io.open('/nonexistent/file')
io.open('/nonexistent/file', 'w')
pcall(io.open, 'x', 'bogus')
pcall(io.lines, '/nonexistent/file')
type(io.stderr), type(io.stdout), tostring(io.stdout):match('^file')
io.type(io.stdout), io.type(5), io.type('x')
type(io.stdin), io.type(io.stdin), io.input() == io.stdin, pcall(io.input, '/nonexistent/file')
pcall(io.input, {}), io.stdout:close()
---
local name = os.tmpname() local f = io.open(name, 'w') f:write('a\nb\n3\nd') f:close() io.input(name) local r = {io.read(), io.input():read(1), io.read('*n'), io.read('*l')} for l in io.lines() do r[#r + 1] = l end r[#r + 1] = tostring(io.read()) r[#r + 1] = io.type(io.input()) io.input():close() r[#r + 1] = select(2, pcall(io.read)) io.input(io.stdin) os.remove(name) return unpack(r)
---
local f = io.tmpfile() f:write('hello\n', 5) local at = f:seek('set') return io.type(f), at, f:read('*a'), f:close(), io.type(f)
---
local name = os.tmpname() local f = io.open(name, 'w') f:write('line1\n', 2, '\nline3') f:close() local r = {} for l in io.lines(name) do r[#r + 1] = l end os.remove(name) return unpack(r)
---
local name = os.tmpname() local f = io.open(name, 'w') f:write('12 0x1F abc\nrest') f:close() f = io.open(name) local a, b, c = f:read('*n', '*n', '*l') local d = f:read('*a') local e = f:read('*a') local g = f:read('*l') f:close() os.remove(name) return a, b, c, d, e, g
---
local name = os.tmpname() local f = io.open(name, 'w+') f:write('hello') f:seek('set', 1) local a = f:read(3) local p = f:seek() local e = f:seek('end') f:close() os.remove(name) return a, p, e, io.type(f), tostring(f)
---
local name = os.tmpname() local f = io.open(name, 'a') f:write('x') f:close() f = io.open(name, 'a') f:write('y') f:close() f = io.open(name, 'rb') local s = f:read('*a') f:close() os.remove(name) return s, pcall(f.read, f)
---
local name = os.tmpname() local f = io.open(name, 'w') f:write('a\nb\n') f:close() f = io.open(name) local r = {f:read(0), f:read('*L'), f:read('*l'), f:read('*l')} f:close() os.remove(name) return unpack(r, 1, 4)
