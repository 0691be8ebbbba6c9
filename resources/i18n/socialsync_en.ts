<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CommentQueue</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n would get another reply</source>
        <translation>
            <numerusform>%n would get another reply</numerusform>
            <numerusform>%n would get another reply</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be handed over instead of answered</source>
        <translation>
            <numerusform>%n would be handed over instead of answered</numerusform>
            <numerusform>%n would be handed over instead of answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be handed over instead of ignored</source>
        <translation>
            <numerusform>%n would be handed over instead of ignored</numerusform>
            <numerusform>%n would be handed over instead of ignored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be answered instead of ignored</source>
        <translation>
            <numerusform>%n would be answered instead of ignored</numerusform>
            <numerusform>%n would be answered instead of ignored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be answered instead of handed over</source>
        <translation>
            <numerusform>%n would be answered instead of handed over</numerusform>
            <numerusform>%n would be answered instead of handed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be ignored instead of answered</source>
        <translation>
            <numerusform>%n would be ignored instead of answered</numerusform>
            <numerusform>%n would be ignored instead of answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be ignored instead of handed over</source>
        <translation>
            <numerusform>%n would be ignored instead of handed over</numerusform>
            <numerusform>%n would be ignored instead of handed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answered by your team</source>
        <translation>
            <numerusform>%n answered by your team</numerusform>
            <numerusform>%n answered by your team</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) in 30 days</source>
        <translation>
            <numerusform>%n time in 30 days</numerusform>
            <numerusform>%n times in 30 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not known yet</source>
        <translation>
            <numerusform>%n not known yet</numerusform>
            <numerusform>%n not known yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more outcome(s) needed</source>
        <translation>
            <numerusform>%n more outcome needed</numerusform>
            <numerusform>%n more outcomes needed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerSide</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecisionsPage</name>
    <message numerus="yes">
        <source>%n example(s) proposed by your team.</source>
        <translation>
            <numerusform>%n example proposed by your team.</numerusform>
            <numerusform>%n examples proposed by your team.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message numerus="yes">
        <source>%n customer(s) ask for a person</source>
        <translation>
            <numerusform>%n customer asks for a person</numerusform>
            <numerusform>%n customers ask for a person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentHeader</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>used once</numerusform>
            <numerusform>used %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EscalationQueue</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacesCard</name>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaqHeader</name>
    <message numerus="yes">
        <source>Used in %n answer(s)</source>
        <translation>
            <numerusform>Used in %n answer</numerusform>
            <numerusform>Used in %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaqTables</name>
    <message numerus="yes">
        <source>%n entry(ies) added</source>
        <translation>
            <numerusform>%n entry added</numerusform>
            <numerusform>%n entries added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replaced</source>
        <translation>
            <numerusform>%n replaced</numerusform>
            <numerusform>%n replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GapMessages</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GapTwins</name>
    <message numerus="yes">
        <source>%n entry(ies) ask nearly the same</source>
        <translation>
            <numerusform>%n entry asks nearly the same</numerusform>
            <numerusform>%n entries ask nearly the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GapView</name>
    <message numerus="yes">
        <source>Drafted from %n answer(s) of your team. Read it before you keep it.</source>
        <translation>
            <numerusform>Drafted from %n answer of your team. Read it before you keep it.</numerusform>
            <numerusform>Drafted from %n answers of your team. Read it before you keep it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quotes</name>
    <message numerus="yes">
        <source>%n source(s): %1</source>
        <translation>
            <numerusform>%n source: %1</numerusform>
            <numerusform>%n sources: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RehearsalPage</name>
    <message numerus="yes">
        <source>%n message(s) would be decided as they were.</source>
        <translation>
            <numerusform>%n message would be decided as it was.</numerusform>
            <numerusform>%n messages would be decided as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) of %1 would change.</source>
        <translation>
            <numerusform>%n decision of %1 would change.</numerusform>
            <numerusform>%n decisions of %1 would change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowWriter</name>
    <message numerus="yes">
        <source>Used %n time(s)</source>
        <translation>
            <numerusform>Used once</numerusform>
            <numerusform>Used %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contradiction(s)</source>
        <translation>
            <numerusform>%n contradiction</numerusform>
            <numerusform>%n contradictions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n way(s) to ask</source>
        <translation>
            <numerusform>%n way to ask</numerusform>
            <numerusform>%n ways to ask</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n message(s) may not have arrived. Open the conversations marked “Check sending”.</source>
        <translation>
            <numerusform>%n message may not have arrived. Open the conversation marked “Check sending”.</numerusform>
            <numerusform>%n messages may not have arrived. Open the conversations marked “Check sending”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notice(s) from the platforms could not be read. They are kept and can be replayed on the companion.</source>
        <translation>
            <numerusform>%n notice from a platform could not be read. It is kept and can be replayed on the companion.</numerusform>
            <numerusform>%n notices from the platforms could not be read. They are kept and can be replayed on the companion.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextCounter</name>
    <message numerus="yes">
        <source>%n byte(s) too many</source>
        <translation>
            <numerusform>%n byte too many</numerusform>
            <numerusform>%n bytes too many</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation>
            <numerusform>%n character too many</numerusform>
            <numerusform>%n characters too many</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) left</source>
        <translation>
            <numerusform>%n byte left</numerusform>
            <numerusform>%n bytes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrustPage</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Twins</name>
    <message numerus="yes">
        <source>%n entry(ies) ask nearly the same</source>
        <translation>
            <numerusform>%n entry asks nearly the same</numerusform>
            <numerusform>%n entries ask nearly the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UploadPanel</name>
    <message numerus="yes">
        <source>Looking through the folders… %n file(s)</source>
        <translation>
            <numerusform>Looking through the folders… %n file</numerusform>
            <numerusform>Looking through the folders… %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Adding %n file(s)</source>
        <translation>
            <numerusform>Adding %n file</numerusform>
            <numerusform>Adding %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added</source>
        <translation>
            <numerusform>%n file could not be added</numerusform>
            <numerusform>%n files could not be added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) added</source>
        <translation>
            <numerusform>%n file added</numerusform>
            <numerusform>%n files added</numerusform>
        </translation>
    </message>
</context>
</TS>
