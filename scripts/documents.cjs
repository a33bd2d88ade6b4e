// The documents of tests/fixtures/import that the package docx (npm) writes. All content is invented.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const d = require("docx");

const paragraph = (text, more = {}) => new d.Paragraph({ text, ...more });
const row = (cells, header = false) =>
  new d.TableRow({ tableHeader: header, children: cells.map((text) => new d.TableCell({ children: [paragraph(text)] })) });

const notes = new d.Document({
  creator: "Un-named",
  title: "Enkät bland medlemmar",
  features: { updateFields: false },
  numbering: {
    config: [{ reference: "steg", levels: [{ level: 0, format: d.LevelFormat.DECIMAL, text: "%1.", start: 3 }] }],
  },
  footnotes: { 1: { children: [paragraph("Svaren kom in i maj.")] }, 2: { children: [paragraph("Räknat i hela procent.")] } },
  sections: [
    {
      headers: { default: new d.Header({ children: [paragraph("Sidhuvud som inte hör till texten")] }) },
      children: [
        paragraph("Enkät bland medlemmar", { heading: d.HeadingLevel.TITLE }),
        new d.TableOfContents("Innehåll", { hyperlink: true, headingStyleRange: "1-2" }),
        paragraph("Svaren", { heading: d.HeadingLevel.HEADING_1 }),
        new d.Paragraph({
          children: [
            new d.TextRun("Totalt svarade 48 personer"),
            new d.FootnoteReferenceRun(1),
            new d.TextRun(" av 60, alltså 80 procent"),
            new d.FootnoteReferenceRun(2),
            new d.TextRun("."),
          ],
        }),
        paragraph("Räkna svaren", { numbering: { reference: "steg", level: 0 } }),
        paragraph("Skriv rapporten", { numbering: { reference: "steg", level: 0 } }),
        paragraph("En punkt", { bullet: { level: 0 } }),
        paragraph("En inre punkt", { bullet: { level: 1 } }),
        new d.Paragraph({
          children: [
            new d.TextRun("Före brytningen"),
            new d.TextRun({ text: "efter brytningen", break: 1 }),
            new d.TextRun({ text: " och struket", strike: true }),
          ],
        }),
        new d.Table({ rows: [row(["Svar", "Antal"], true), row(["Ja", "30"]), row(["Nej", "18"]), row(["Totalt", "48"])] }),
        paragraph("Tack till alla som svarade.", { heading: d.HeadingLevel.HEADING_2 }),
        paragraph("Sista stycket."),
      ],
    },
  ],
});
d.Packer.toBuffer(notes).then((bytes) => writeFileSync(join(process.argv[2], "npm-notes.docx"), bytes));
