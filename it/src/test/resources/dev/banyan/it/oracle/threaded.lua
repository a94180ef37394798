-- What the cases of ngx.run_worker_thread call.
local _M = {}
local count = 0

function _M.add(a, b) return a + b end

function _M.all(...)
    local texts = {select("#", ...)}
    for i = 1, select("#", ...) do
        local value = select(i, ...)
        texts[#texts + 1] = type(value) .. ":" .. tostring(value)
    end
    return table.concat(texts, " ")
end

function _M.back(...) return ... end

function _M.nothing() end

function _M.fails(...) error(...) end

function _M.func() return 1, print end

function _M.count() count = count + 1 return count end

function _M.meta(t) return getmetatable(t), t[1], #t end

function _M.busy(n)
    local sum = 0
    for i = 1, 1e5 do sum = sum + i % n end
    return n
end

function _M.run(code) return assert(loadstring(code, "=code"))() end

return _M
