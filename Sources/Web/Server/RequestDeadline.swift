import Foundation
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection on which a request does not come in within its time, however few bytes at a time it sends.
///
/// The time-out for silence begins anew with every byte, so a byte now and then would hold a connection for ever. Here a whole
/// time is given: for what comes before the body, and for the body by the size that it says it has.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Bytes in a second that even a poor line brings.
    static let slowest: Int64 = 20_000
    /// The largest body that is taken. One that does not say its size gets the time of an empty one: browsers always say it, and
    /// somebody who does not would hold a place for twenty minutes.
    static let largest: Int64 = 26_000_000

    private let patience: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Requests that came in whole, or are coming in, and are not answered yet.
    private var unanswered = 0
    private var isComingIn = false

    /// - Parameter patience: the time for all that comes before a body, and the least time for a body.
    init(patience: TimeAmount) { self.patience = patience }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { wait(patience, context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        wait(patience, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            unanswered += 1
            isComingIn = true
            let size = head.headerFields[.contentLength].flatMap(Int64.init) ?? 0
            wait(patience + .seconds(min(max(size, 0), Self.largest) / Self.slowest), context)
        case .body: break
        case .end:
            isComingIn = false
            deadline?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            // The next one has as long as the silence between two may last.
            if unanswered <= 0, !isComingIn { wait(patience, context) }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
