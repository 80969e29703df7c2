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

/** A step of Texting Setup: the way back, what is entered, and how it stands. */
function step(heading: string, form: string): string {
  return `
    - navigation "You are in":
      - link "Texting Setup"
    - 'heading "${heading}" [level=1]'${form}
    - complementary "How this step stands":
      - link "Back to the steps"`;
}

/** What stands in the main part of each page, from the top; of lists only a part. */
export const MAIN: Record<string, string> = {
  "/login": `
    - heading "Sign in" [level=1]
    - textbox "E-mail address"
    - textbox "Password"
    - button "Sign in"`,
  "/first": `
    - heading "Create the first administrator" [level=1]
    - textbox "Setup token"
    - textbox "Name of the office"
    - combobox "Time zone of the office"
    - textbox "Your name"
    - textbox "E-mail address"
    - textbox "Password"
    - button "Create and sign in"`,
  "/": `
    - heading "Clients" [level=1]
    - search:
      - text: Name, case number or cell number
      - searchbox "Name, case number or cell number"
      - button "Search"
    - link "Add a client"
    - paragraph: /\\d+ clients/
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
  "/clients/{client}": `
    - heading "Marisol Peña Guerrero" [level=1]
    - link "Edit client"
    - region "Cases":
      - heading "Cases" [level=2]
      - list:
        - listitem:
          - link "Case 25-1040417"
    - region "May we text this number?":
      - heading "May we text this number?" [level=2]
      - form "Record what the client said"
      - heading "Record of permission" [level=3]
      - list
    - form "Add a case":
      - heading "Add a case" [level=2]
      - textbox "Case number"
      - button "Add case"
    - complementary "About the client":
      - heading "About the client" [level=2]`,
  "/clients/{client}/edit": `
    - heading "Edit client" [level=1]
    - textbox "Name": Marisol Peña Guerrero
    - textbox "Cell number": (661) 555-0142
    - checkbox "Okay to Text"
    - combobox "Language"
    - combobox "Time zone"
    - button "Save client"
    - link "Cancel/Close"`,
  "/cases/25-1040417": `
    - navigation "Case":
      - link "Case"
      - link "Send Text"
      - link /Texts/
    - article:
      - heading "Client Marisol Peña Guerrero" [level=1]
      - link "Send Text"
      - region "May we text this number?"
      - complementary "About the client"`,
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
    - heading "Send Text to Samuel Okafor" [level=1]
    - alert:
      - heading "There is no cell number" [level=2]
    - paragraph:
      - link "Open the client’s page"
      - link "Back to the case"`,
  "/reviews": `
    - heading "Reviews" [level=1]
    - paragraph: /These clients wrote/
    - region "To decide":
      - heading "To decide" [level=2]`,
  "/unclear": `
    - heading "We don’t know whether this went out" [level=1]
    - region "Texts to decide about":
      - heading "Texts to decide about" [level=2]
      - heading "Nothing is unclear" [level=2]`,
  "/admin/opt-outs": `
    - heading "Opt-outs to decide" [level=1]
    - heading "Nothing to decide" [level=2]`,
  "/admin/incoming": `
    - navigation "You are in"
    - heading "Incoming texts" [level=1]
    - form "How they are handled":
      - heading "How they are handled" [level=2]
      - checkbox "Staff see what clients write"
      - textbox "Answers to one number"
      - textbox "Opt-outs by Twilio’s codes"
      - button "Save"
    - region "From unknown numbers":
      - heading "From unknown numbers" [level=2]`,
  "/admin/staff": `
    - navigation "You are in"
    - heading "Staff" [level=1]
    - table "Staff, by name"
    - form "Invite somebody":
      - heading "Invite somebody" [level=2]
      - textbox "E-mail address"
      - combobox "Role"
      - button "Make the invitation link"`,
  "/host": `
    - heading "Organizations" [level=1]
    - table "Organizations, by name"
    - form "Create an organization":
      - heading "Create an organization" [level=2]
      - textbox "Name of the organization"
      - combobox "Time zone"
      - textbox "Address name"
      - button "Create organization"`,
  "/admin/setup": `
    - heading "Setup Functions" [level=1]
    - region "Setup Tables":
      - link "Twilio Text Quick Entry"
    - region "Staff":
      - link "Manage staff"
    - region "Texting":
      - link "Texting Setup"
      - link "Incoming texts"`,
  "/admin/setup/tables/quick-entries": `
    - navigation "You are in"
    - heading "Twilio Text Quick Entry" [level=1]
    - table /Quick entries/
    - form "Add a quick entry":
      - heading "Add a quick entry" [level=2]
      - textbox "Name"
      - textbox "Text"
      - button "Save quick entry"`,
  "/admin/texting": `
    - heading "Texting Setup" [level=1]
    - button /^Check/
    - region "The steps":
      - heading "The steps" [level=2]
      - list
      - link "By hand, in Twilio’s console"
    - region "The check":
      - heading "The check" [level=2]
      - list`,
  "/admin/texting/account": step("Account", `
    - textbox "SID"
    - textbox "Auth Token"
    - button "Save and go on"
    - form "Change the Auth Token"`),
  "/admin/texting/number": step("Twilio #", `
    - 'combobox "Twilio #"'
    - button "Save and go on"`),
  "/admin/texting/responses": step("Text Response and Call Response", `
    - textbox "Text Response"
    - textbox "Call Response"
    - combobox "Voice and language"
    - textbox "Call Response in a second language"
    - combobox "Its voice and language"
    - button "Save and go on"`),
  "/admin/texting/address": step("Public address", `
    - textbox "Your own public address"
    - textbox "Status Callback"
    - button "Save and go on"`),
  "/admin/texting/connect": step("Connect the number", `
    - heading "What Twilio has there now" [level=2]
    - list
    - button "Connect it again"`),
  "/admin/texting/test": step("A text to your own phone", `
    - textbox "Your own phone"
    - button "Send a test text"`),
  "/admin/texting/by-hand": `
    - navigation "You are in":
      - link "Texting Setup"
    - heading "By hand, in Twilio’s console" [level=1]
    - list:
      - listitem:
        - heading "Sign up" [level=2]
    - textbox "Status Callback"
    - button "Copy Status Callback"`,
};
