/// A kind of file that a dossier accepts, told by its content and never by its name.
///
/// The list is what schools, parents and experts really send: letters, reports, tables, slides and photographs.
/// RTF is left out on purpose: it can carry other files inside, no word processor needs it any more, and every one of
/// them saves as DOCX or ODT. HTML, SVG and archives are left out because they can hide anything.
package enum DocumentFormat: String, Hashable, Sendable, Codable, CaseIterable {
    case pdf
    case docx, xlsx, pptx
    case odt, ods, odp
    case doc, xls, ppt
    case png, jpeg, webp, heic
    case text

    /// The extension a file of this kind gets when its name has no fitting one.
    package var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .text: "txt"
        default: rawValue
        }
    }

    /// Every extension, in lower case, that a file of this kind may carry.
    package var fileExtensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .heic: ["heic", "heif"]
        case .text: ["txt", "csv", "md"]
        default: [rawValue]
        }
    }

    /// The media type to send it with, always as an attachment and never shown inside a page of ours.
    ///
    /// A browser that shows a stranger's file under our own address would run what is hidden in it with our rights.
    package var contentType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .doc: "application/msword"
        case .xls: "application/vnd.ms-excel"
        case .ppt: "application/vnd.ms-powerpoint"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .heic: "image/heic"
        case .text: "text/plain; charset=utf-8"
        }
    }
}
