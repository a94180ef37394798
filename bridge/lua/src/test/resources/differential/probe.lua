-- Runs a snippet and prints what it returned or raised; the same text runs on LuaJIT and on Banyan.
local byte, format, sort, concat = string.byte, string.format, table.sort, table.concat

local function quote(s)
  local out = {}
  for i = 1, #s do
    local b = byte(s, i)
    if b >= 32 and b < 127 and b ~= 34 and b ~= 92 then
      out[#out + 1] = string.char(b)
    else
      out[#out + 1] = "\\" .. b
    end
  end
  return '"' .. concat(out) .. '"'
end

local show

local function show_table(t, depth)
  if depth > 3 then
    return "{...}"
  end
  local keys, out = {}, {}
  for k in next, t do
    keys[#keys + 1] = { show(k, depth + 1), k }
  end
  sort(keys, function(a, b) return a[1] < b[1] end)
  for _, pair in ipairs(keys) do
    out[#out + 1] = "[" .. pair[1] .. "]=" .. show(rawget(t, pair[2]), depth + 1)
  end
  return "{" .. concat(out, ",") .. "}"
end

function show(v, depth)
  local kind = type(v)
  if kind == "string" then
    return quote(v)
  elseif kind == "number" then
    return tostring(v) .. "/" .. format("%.17g", v)
  elseif kind == "table" then
    return show_table(v, depth)
  elseif kind == "nil" or kind == "boolean" then
    return tostring(v)
  end
  return "<" .. kind .. ">"
end

return function(source, name)
  local chunk, message = loadstring(source, name)
  if not chunk then
    return "compile: " .. quote(message)
  end
  setfenv(chunk, setmetatable({}, { __index = _G }))
  local co = coroutine.create(chunk)
  local results = { n = 0 }
  local function collect(...)
    results.n = select("#", ...)
    for i = 1, results.n do
      results[i] = show((select(i, ...)), 0)
    end
  end
  collect(coroutine.resume(co))
  return concat(results, " ")
end
