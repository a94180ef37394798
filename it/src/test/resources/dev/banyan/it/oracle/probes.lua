-- Calls one function of the API in the phase that asks and keeps what it gave.
local probes = {}

local calls = {
--CALLS--
}

local function show(ok, ...)
  local parts = { ok and "ok" or "error" }
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    local failure = not ok or (i > 1 and not (...))
    if value == nil or type(value) == "boolean" or (failure and type(value) == "string") then
      parts[#parts + 1] = tostring(value)
    else
      parts[#parts + 1] = type(value)
    end
  end
  return table.concat(parts, " | ") .. "\n"
end

function probes.call(phase, key)
  local name = key and string.match(ngx.unescape_uri(key), "^" .. phase .. " (.*)")
  if not name or not ngx.shared.results:add(phase .. " " .. name, "entered, and never left\n") then
    return
  end
  ngx.shared.results:set(phase .. " " .. name, show(pcall(calls[name])))
end

return probes
