-- Where the legacy's modules keep what they have computed from a tenant.
local memo = { redirect_index = true, firewall_lists = true }

-- Writes a value so that equal values have equal texts: keys sorted, metatables not looked at.
local function dump(value, depth)
    if type(value) == "string" then
        return (("%q"):format(value):gsub("\\\n", "\\n"))
    end
    if type(value) == "number" then
        return ("%.14g"):format(value)
    end
    if type(value) ~= "table" then
        return type(value) == "boolean" and tostring(value) or type(value)
    end
    if depth > 6 then
        return "..."
    end
    local parts = {}
    for k, v in pairs(value) do
        if not memo[k] then
            parts[#parts + 1] = "[" .. dump(k, depth + 1) .. "]=" .. dump(v, depth + 1)
        end
    end
    table.sort(parts)
    return "{" .. table.concat(parts, ",") .. "}"
end

local lines = {}
for key, value in pairs(ngx.ctx) do
    lines[#lines + 1] = "ctx " .. tostring(key) .. ": " .. dump(value, 0)
end
table.sort(lines)
return table.concat(lines, "\n")
