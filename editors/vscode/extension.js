// Starts `belagg lsp` for the folder that is open, and ends it with the window.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const command = workspace.getConfiguration("belagg").get("path") || "belagg";
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const files = "{belagg.yaml,content/**/*.{md,yaml},charts/**/*.yaml}";
  client = new LanguageClient(
    "belagg",
    "Belägg",
    { command, args: ["lsp"], options: { cwd: folder } },
    {
      documentSelector: [{ scheme: "file", pattern: `**/${files}` }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{belagg.yaml,content/**,charts/**,templates/**}") },
    },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
