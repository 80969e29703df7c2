// What a page is made of, as those meet it who do not see it: aria snapshots. Lists are shown in part.

/** What is around every page. */
export const FRAME = `
  - link "Skip to the main part"
  - complementary "Training"
  - banner:
    - link /Oktext/
    - navigation "Main":
      - link "Clients"
    - button "Sign out"
  - main
`;

/** What stands in the main part of each page, from the top; of lists only a part. */
export const MAIN: Record<string, string> = {
  "/login": `
    - heading "Sign in" [level=1]
    - textbox "E-mail address"
    - textbox "Password"
    - button "Sign in"`,
  "/": `
    - heading "Clients" [level=1]
    - search:
      - text: Name, case number or cell number
      - searchbox "Name, case number or cell number"
      - button "Search"
    - link "Add a client"
    - paragraph: 14 clients
    - navigation "Who is shown":
      - link "All"
      - link "Okay to Text"
      - link "Not okay to text"
    - table "Clients, by name":
      - rowgroup:
        - row:
          - columnheader "Client":
            - link "Client"
          - columnheader "Case number"
          - columnheader "Cell number"
          - columnheader "Okay to Text"
          - columnheader "Last text":
            - link "Last text"`,
  "/?q=nobody": `
    - heading "Clients" [level=1]
    - search
    - heading "No client found for “nobody”" [level=2]
    - link "Show all clients"`,
  "/?okay=no&sort=last": `
    - heading "Clients" [level=1]
    - table "Clients who may not be texted, newest text first"`,
  "/clients/new": `
    - heading "Add a client" [level=1]
    - textbox "Name"
    - textbox "Cell number"
    - checkbox "Okay to Text"
    - button "Save client"`,
  "/cases/25-1040417": `
    - navigation "Case":
      - link "Case"
      - link "Send Text"
      - link /Texts/
    - heading /Marisol Peña Guerrero/ [level=1]`,
  "/cases/25-1040417/text": `
    - navigation "Case"
    - heading "Send Text to Marisol Peña Guerrero" [level=1]
    - form "Text to Marisol Peña Guerrero, (661) 555-0142":
      - combobox "Quick Entry"
      - textbox "Text to Marisol Peña Guerrero, (661) 555-0142"
      - button "Send Message"
      - link "Cancel/Close"
    - complementary "Before you send":
      - heading "Before you send" [level=2]
      - heading "Last texts" [level=2]`,
  "/cases/25-1040417/texts": `
    - navigation "Case"
    - heading "Texts with Marisol Peña Guerrero" [level=1]
    - table /Texts on case 25-1040417/`,
  "/cases/25-1041466/text": `
    - navigation "Case"
    - heading /Send Text to/ [level=1]
    - heading "There is no cell number" [level=2]
    - link "Open the client's page"
    - link "Back to the case"`,
  "/admin/setup": `
    - heading "Setup Functions" [level=1]`,
  "/admin/setup/tables/quick-entries": `
    - heading "Twilio Text Quick Entry" [level=1]
    - table /Quick entries/
    - textbox "Name"
    - textbox "Text"
    - button "Save quick entry"`,
  "/admin/texting": `
    - heading "Texting Setup" [level=1]`,
};
