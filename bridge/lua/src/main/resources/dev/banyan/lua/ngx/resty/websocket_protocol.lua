-- resty.websocket.protocol: frames (RFC 6455, section 5) over a cosocket, for resty.websocket's
-- server and client.

local bit = require "bit"
local new_tab = require "table.new"
local mask, new_key = ...

local band, bor = bit.band, bit.bor
local byte, char, sub = string.byte, string.char, string.sub
local floor = math.floor

local FIN, RESERVED, OPCODE = 0x80, 0x70, 0x0f
local MASKED, LENGTH = 0x80, 0x7f
local CONTROL, CLOSE = 0x8, 0x8
local LONGEST_CONTROL = 125
local LONGEST = 0x7fffffff

local KINDS = {
    [0x0] = "continuation",
    [0x1] = "text",
    [0x2] = "binary",
    [0x8] = "close",
    [0x9] = "ping",
    [0xa] = "pong",
}

local _M = { _VERSION = "0.09", new_tab = new_tab }


local function receive(sock, count, what)
    local data, err = sock:receive(count)
    if not data then
        return nil, "failed to " .. what .. ": " .. (err or "unknown")
    end
    return data
end


local function receive_length(sock, short)
    if short < 126 then
        return short
    end

    if short == 126 then
        local data, err = receive(sock, 2, "receive the 2 byte payload length")
        if not data then
            return nil, err
        end
        local high, low = byte(data, 1, 2)
        return high * 256 + low
    end

    local data, err = receive(sock, 8, "receive the 8 byte payload length")
    if not data then
        return nil, err
    end
    local a, b, c, d, e, f, g, h = byte(data, 1, 8)
    if a + b + c + d > 0 or e > 0x7f then
        return nil, "payload len too large"
    end
    return ((e * 256 + f) * 256 + g) * 256 + h
end


local function fault_of_opcode(opcode)
    if KINDS[opcode] then
        return nil
    end
    return opcode < CONTROL and "reserved non-control frames" or "reserved control frames"
end


local function closing(payload)
    local length = #payload
    if length == 0 then
        return "", "close", nil
    end
    if length < 2 then
        return nil, nil, "close frame with a body must carry a 2-byte status code"
    end
    local high, low = byte(payload, 1, 2)
    return sub(payload, 3), "close", high * 256 + low
end


-- The payload, its kind, and of a close its status, of a piece "again"; or nil, nil and why not.
function _M.recv_frame(sock, max_payload_len, force_masking)
    local head, err = receive(sock, 2, "receive the first 2 bytes")
    if not head then
        return nil, nil, err
    end

    local first, second = byte(head, 1, 2)
    if band(first, RESERVED) ~= 0 then
        return nil, nil, "bad RSV1, RSV2, or RSV3 bits"
    end
    local opcode = band(first, OPCODE)
    err = fault_of_opcode(opcode)
    if err then
        return nil, nil, err
    end
    local masked = band(second, MASKED) ~= 0
    if force_masking and not masked then
        return nil, nil, "frame unmasked"
    end

    local length
    length, err = receive_length(sock, band(second, LENGTH))
    if not length then
        return nil, nil, err
    end
    local final = band(first, FIN) ~= 0
    if opcode >= CONTROL then
        if length > LONGEST_CONTROL then
            return nil, nil, "too long payload for control frame"
        end
        if not final then
            return nil, nil, "fragmented control frame"
        end
    end
    if length > max_payload_len then
        return nil, nil, "exceeding max payload len"
    end

    local payload = ""
    local rest = masked and length + 4 or length
    if rest > 0 then
        payload, err = receive(sock, rest, "read masking-len and payload")
        if not payload then
            return nil, nil, err
        end
    end
    if masked then
        payload = mask(sub(payload, 5), sub(payload, 1, 4))
    end

    if opcode == CLOSE then
        return closing(payload)
    end
    return payload, KINDS[opcode], not final and "again" or nil
end


local function big_endian(number, octets)
    local text = ""
    for _ = 1, octets do
        text = char(number % 256) .. text
        number = floor(number / 256)
    end
    return text
end


-- A frame as it goes over the wire, or nil and why not.
function _M.build_frame(fin, opcode, payload_len, payload, masking)
    local length, more = payload_len, ""
    if payload_len > LONGEST then
        return nil, "payload too big"
    elseif payload_len > 65535 then
        length, more = 127, big_endian(payload_len, 8)
    elseif payload_len > 125 then
        length, more = 126, big_endian(payload_len, 2)
    end

    local key = ""
    if masking then
        length = bor(length, MASKED)
        key = new_key()
        payload = mask(payload, key)
    end
    return char(fin and bor(FIN, opcode) or opcode, length) .. more .. key .. payload
end


-- How many octets went out, or nil and why none did.
function _M.send_frame(sock, fin, opcode, payload, max_payload_len, masking)
    payload = payload and tostring(payload) or ""
    local length = #payload
    if length > max_payload_len then
        return nil, "payload too big"
    end
    if opcode >= CONTROL then
        if length > LONGEST_CONTROL then
            return nil, "too much payload for control frame"
        end
        if not fin then
            return nil, "fragmented control frame"
        end
    end

    local frame, err = _M.build_frame(fin, opcode, length, payload, masking)
    if not frame then
        return nil, "failed to build frame: " .. err
    end
    local sent
    sent, err = sock:send(frame)
    if not sent then
        return nil, "failed to send frame: " .. err
    end
    return sent
end


return _M
