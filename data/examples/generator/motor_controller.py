# SPDX-License-Identifier: GPL-3.0-or-later

"""Four brushed motors from 24 V: four equal bridges, a controller, CAN, RS-485 and USB."""

from . import connectors, packages, symbols
from .board import Board, mounting_holes, rounded

WIDTH, HEIGHT = 150.0, 97.0
CHANNELS = (1, 2, 3, 4)
COLUMN_WIDTH = 34.0
COLUMN_LEFT = 8.0

PWM_PORTS = {1: ('PC6', 'PB0', 'PC7', 'PB1'), 2: ('PC8', 'PB3', 'PC9', 'PB4'),
             3: ('PA8', 'PB13', 'PA9', 'PB14'), 4: ('PA10', 'PB15', 'PA15', 'PB5')}
ENCODER_PORTS = {1: ('PA0', 'PA1'), 2: ('PA2', 'PA3'), 3: ('PA4', 'PA5'), 4: ('PA6', 'PA7')}
SENSE_PORTS = {1: 'PC0', 2: 'PC1', 3: 'PC2', 4: 'PC3'}


def half_bridge(sheet, number, side):
    """One leg of a bridge: driver, two transistors and what belongs to them."""
    first = number * 100 + (1 if side == 'A' else 2)     # U101, U102
    base = number * 100 + (1 if side == 'A' else 5)      # R101 to R104, R105 to R108
    high, low = number * 100 + (1 if side == 'A' else 3), number * 100 + (2 if side == 'A' else 4)
    out, signal = f'OUT_{side}', f'/CH{number}_{side}'
    sheet.part(f'U{first}', 'UCC27211', packages.soic(8), symbols.HALF_BRIDGE_DRIVER,
               {'VDD': '+12V', 'HB': f'BOOT_{side}', 'HO': f'DRIVE_{side}H', 'HS': out,
                'HI': f'{signal}H', 'LI': f'{signal}L', 'VSS': 'GND', 'LO': f'DRIVE_{side}L'})
    for reference, gate, drain, source in (
            (high, f'GATE_{side}H', '+24V', out), (low, f'GATE_{side}L', out, 'SHUNT')):
        sheet.part(f'Q{reference}', 'BSC0902', packages.power_mosfet(), symbols.MOSFET,
                   {'G': gate, 'D': drain, 'S': source})
    sheet.r(f'R{base}', '4R7', f'DRIVE_{side}H', f'GATE_{side}H')
    sheet.r(f'R{base + 1}', '4R7', f'DRIVE_{side}L', f'GATE_{side}L')
    sheet.r(f'R{base + 2}', '10k', f'GATE_{side}H', out, '0402')
    sheet.r(f'R{base + 3}', '10k', f'GATE_{side}L', 'SHUNT', '0402')
    sheet.c(f'C{first}', '100n', f'BOOT_{side}', out)
    sheet.c(f'C{first + 2}', '1u', '+12V')
    sheet.r(f'R{first + 8}', '2R2', out, f'SNUBBER_{side}', '1206')      # R109, R110
    sheet.c(f'C{first + 4}', '1n', f'SNUBBER_{side}', 'GND', '0805')


def current_sense(sheet, number):
    base = number * 100
    sheet.r(f'R{base + 11}', '5m', 'SHUNT', 'GND', '2512')
    sheet.r(f'R{base + 12}', '10', 'SHUNT', 'SENSE+', '0402')
    sheet.r(f'R{base + 13}', '10', 'GND', 'SENSE-', '0402')
    sheet.part(f'U{base + 3}', 'INA180A2', packages.sot23(5), symbols.SENSE_AMPLIFIER,
               {'OUT': 'SENSE_OUT', 'GND': 'GND', 'IN+': 'SENSE+', 'IN-': 'SENSE-',
                'VS': '+3.3VA'})
    sheet.c(f'C{base + 7}', '100n', '+3.3VA', size='0402')
    sheet.r(f'R{base + 14}', '1k', 'SENSE_OUT', f'/CH{number}_CURRENT', '0402')
    sheet.c(f'C{base + 8}', '10n', f'/CH{number}_CURRENT', size='0402')


def encoder(sheet, number):
    base = number * 100
    sheet.connector(f'J{base + 2}', 'ENCODER', connectors.wire_header(5, 2.0),
                    ['+5V', 'ENC_A', 'ENC_B', 'GND', None])
    for index, phase in enumerate('AB'):
        sheet.r(f'R{base + 15 + index}', '4k7', '+5V', f'ENC_{phase}', '0402')
        sheet.r(f'R{base + 17 + index}', '1k', f'ENC_{phase}', f'ENC_{phase}_F', '0402')
        sheet.c(f'C{base + 9 + index}', '1n', f'ENC_{phase}_F', size='0402')
    sheet.part(f'U{base + 4}', '74LVC2G17', packages.sot23(6), symbols.DUAL_BUFFER,
               {'1A': 'ENC_A_F', '2A': 'ENC_B_F', 'GND': 'GND', 'VCC': '+3V3',
                '1Y': f'/CH{number}_ENC_A', '2Y': f'/CH{number}_ENC_B'})
    sheet.c(f'C{base + 11}', '100n', '+3V3', size='0402')


def channel(board, number):
    sheet, base = board.sheet(f'/channel{number}/'), number * 100
    half_bridge(sheet, number, 'A')
    half_bridge(sheet, number, 'B')
    current_sense(sheet, number)
    encoder(sheet, number)
    sheet.two(f'C{base + 12}', '220u', packages.can_electrolytic(10, 10.2), '+24V', 'GND')
    sheet.c(f'C{base + 13}', '4u7', '+24V', size='1206')
    sheet.c(f'C{base + 14}', '4u7', '+24V', size='1206')
    sheet.connector(f'J{base + 1}', 'MOTOR', connectors.screw_terminal(2, 5.08),
                    ['OUT_A', 'OUT_B'])
    sheet.r(f'R{base + 19}', '10k', 'OUT_A', 'LED')
    sheet.led(f'D{base + 1}', 'green', 'GND', 'LED')


def buck(board, name, base, supply, resistor):
    """A step-down converter: U, L and D are numbered alike, R and C follow from `base`."""
    sheet, unit = board.sheet(f'/power/{name}/'), base // 10
    sheet.part(f'U{unit}', 'TPS54331', packages.soic8_ep(), symbols.BUCK_CONTROLLER,
               {'BOOT': 'BOOT', 'VIN': '+24V', 'SS': 'SS', 'VSENSE': 'FEEDBACK', 'COMP': 'COMP',
                'GND': 'GND', 'PH': 'PHASE', 'EP': 'GND'})
    sheet.two(f'L{unit}', '22u', packages.power_inductor(8), 'PHASE', supply)
    sheet.diode(f'D{base}', 'B340A', 'SMA', 'PHASE', 'GND')
    sheet.c(f'C{base}', '4u7', '+24V', size='1206')
    sheet.c(f'C{base + 1}', '100n', 'BOOT', 'PHASE')
    sheet.c(f'C{base + 2}', '47u', supply, size='1210')
    sheet.c(f'C{base + 3}', '10n', 'SS')
    sheet.c(f'C{base + 4}', '2n2', 'COMP', 'COMP_RC')
    sheet.c(f'C{base + 5}', '47p', 'COMP')
    sheet.r(f'R{base}', resistor, supply, 'FEEDBACK')
    sheet.r(f'R{base + 1}', '10k', 'FEEDBACK', 'GND')
    sheet.r(f'R{base + 2}', '29k4', 'COMP_RC', 'GND')


def power(board):
    sheet = board.sheet('/power/')
    sheet.connector('J1', '24 V', connectors.screw_terminal(2, 7.62), ['INPUT', 'GND'])
    sheet.two('F1', '15 A', connectors.blade_fuse(), 'INPUT', 'FUSED')
    sheet.part('Q1', 'BSC030P03', packages.power_mosfet(), symbols.MOSFET,
               {'D': 'FUSED', 'S': '+24V', 'G': 'GATE'})
    sheet.r('R1', '10k', 'GATE', 'GND')
    sheet.diode('D1', '12 V', 'SOD-123', '+24V', 'GATE')
    sheet.diode('D2', 'SMCJ28A', 'SMC', '+24V', 'GND')
    for reference in ('C1', 'C2'):
        sheet.two(reference, '1000u', packages.radial_electrolytic(16, 7.5), '+24V', 'GND')
    buck(board, 'buck12', 10, '+12V', '140k')
    buck(board, 'buck5', 20, '+5V', '52k3')
    sheet.part('U3', 'LM1117-3.3', packages.sot223(), symbols.LDO_SOT223,
               {'VI': '+5V', 'GND': 'GND', 'VO': '+3V3'})
    sheet.c('C3', '10u', '+5V', size='0805')
    sheet.c('C4', '22u', '+3V3', size='0805')
    sheet.r('R2', '1k', '+3V3', 'POWER_LED')
    sheet.led('D3', 'green', 'GND', 'POWER_LED')


def controller(board):
    sheet = board.sheet('/mcu/')
    nets = {'VBAT': '+3V3', 'VDD': '+3V3', 'VDDA': '+3.3VA', 'VSS': 'GND', 'VSSA': 'GND',
            'NRST': 'NRST', 'BOOT0': 'BOOT0', 'PH0': 'XTAL_IN', 'PH1': 'XTAL_OUT',
            'VCAP_1': 'VCAP1', 'VCAP_2': 'VCAP2', 'PA13': 'SWDIO', 'PA14': 'SWCLK',
            'PC13': 'STATUS', 'PC14': 'FAULT', 'PC4': 'VIN_SENSE',
            'PA11': '/USB_D-', 'PA12': '/USB_D+', 'PB8': '/CAN_RX', 'PB9': '/CAN_TX',
            'PB10': '/RS485_TX', 'PB11': '/RS485_RX', 'PB12': '/RS485_DE',
            'PB6': '/SCL', 'PB7': '/SDA'}
    for number in CHANNELS:
        nets.update(zip(PWM_PORTS[number],
                        (f'/CH{number}_{drive}' for drive in ('AH', 'AL', 'BH', 'BL'))))
        nets.update(zip(ENCODER_PORTS[number],
                        (f'/CH{number}_ENC_A', f'/CH{number}_ENC_B')))
        nets[SENSE_PORTS[number]] = f'/CH{number}_CURRENT'
    sheet.part('U4', 'STM32F405RG', packages.tqfp(64, 10, 0.5, 0.3), symbols.STM32_64, nets)
    for index in range(31, 36):
        sheet.c(f'C{index}', '100n', '+3V3', size='0402')
    sheet.c('C36', '4u7', '+3V3')
    sheet.c('C37', '2u2', 'VCAP1')
    sheet.c('C38', '2u2', 'VCAP2')
    sheet.two('FB1', '600R', packages.chip('FB', '0603'), '+3V3', '+3.3VA')
    sheet.c('C39', '1u', '+3.3VA')
    sheet.c('C40', '100n', '+3.3VA', size='0402')
    sheet.part('Y1', '16 MHz', packages.crystal_3225(), symbols.CRYSTAL,
               {'X1': 'XTAL_IN', 'X2': 'XTAL_OUT', 'GND': 'GND'})
    sheet.c('C41', '12p', 'XTAL_IN', size='0402')
    sheet.c('C42', '12p', 'XTAL_OUT', size='0402')
    sheet.two('SW1', 'RESET', connectors.button(), 'NRST', 'GND', symbols.BUTTON)
    sheet.c('C43', '100n', 'NRST', size='0402')
    sheet.r('R31', '10k', 'BOOT0', 'GND', '0402')
    sheet.part('J2', 'SWD', connectors.pin_header(2, 5, 1.27), symbols.SWD_10,
               {'VTref': '+3V3', 'SWDIO': 'SWDIO', 'GND': 'GND', 'SWCLK': 'SWCLK',
                'RESET': 'NRST'})
    for index, (name, colour) in enumerate((('STATUS', 'green'), ('FAULT', 'red'))):
        sheet.r(f'R{32 + index}', '1k', name, f'{name}_LED', '0402')
        sheet.led(f'D{31 + index}', colour, 'GND', f'{name}_LED')
    sheet.r('R34', '100k', '+24V', 'VIN_SENSE')
    sheet.r('R35', '10k', 'VIN_SENSE', 'GND', '0402')
    sheet.c('C44', '100n', 'VIN_SENSE', size='0402')
    sheet.part('U5', '24LC256', packages.soic(8), symbols.EEPROM,
               {'A0': 'GND', 'A1': 'GND', 'A2': 'GND', 'GND': 'GND', 'SDA': '/SDA',
                'SCL': '/SCL', 'WP': 'GND', 'VCC': '+3V3'})
    sheet.c('C45', '100n', '+3V3', size='0402')
    sheet.r('R36', '4k7', '+3V3', '/SDA', '0402')
    sheet.r('R37', '4k7', '+3V3', '/SCL', '0402')


def communication(board):
    sheet = board.sheet('/comms/')
    sheet.part('U6', 'TCAN1042V', packages.soic(8), symbols.CAN_TRANSCEIVER,
               {'TXD': '/CAN_TX', 'RXD': '/CAN_RX', 'VSS': 'GND', 'VDD': '+5V', 'VIO': '+3V3',
                'CANL': 'CAN_L', 'CANH': 'CAN_H', 'S': 'GND'})
    sheet.c('C51', '100n', '+5V')
    sheet.c('C52', '100n', '+3V3')
    sheet.r('R51', '120', 'CAN_H', 'CAN_L', '1206')
    sheet.connector('J3', 'CAN', connectors.screw_terminal(3, 3.5), ['CAN_H', 'CAN_L', 'GND'])
    sheet.part('U7', 'THVD1410', packages.soic(8), symbols.RS485_TRANSCEIVER,
               {'RO': '/RS485_RX', 'RE': '/RS485_DE', 'DE': '/RS485_DE', 'DI': '/RS485_TX',
                'GND': 'GND', 'A': 'RS485_A', 'B': 'RS485_B', 'VCC': '+3V3'})
    sheet.c('C53', '100n', '+3V3')
    sheet.r('R52', '120', 'RS485_A', 'RS485_B', '1206')
    sheet.r('R53', '680', '+3V3', 'RS485_A')
    sheet.r('R54', '680', 'RS485_B', 'GND')
    sheet.connector('J4', 'RS-485', connectors.screw_terminal(3, 3.5),
                    ['RS485_A', 'RS485_B', 'GND'])
    sheet.part('J5', 'USB-C', connectors.usb_c(), symbols.USB_C,
               {'GND': 'GND', 'VBUS': 'VBUS', 'CC1': 'CC1', 'CC2': 'CC2', 'D+': '/USB_D+',
                'D-': '/USB_D-', 'SHIELD': 'GND'})
    sheet.r('R55', '5k1', 'CC1', 'GND', '0402')
    sheet.r('R56', '5k1', 'CC2', 'GND', '0402')
    sheet.part('U8', 'USBLC6-2', packages.sot23(6), symbols.USB_ESD,
               {'IO1': '/USB_D-', 'IO2': '/USB_D+', 'GND': 'GND', 'VBUS': 'VBUS'})


def channel_placement(board, number):
    base, left = number * 100, COLUMN_LEFT + (number - 1) * COLUMN_WIDTH

    def named(text):
        """`R1 C12@90` of channel 3 is `R301 C312@90`."""
        names = []
        for entry in text.split():
            name, at, angle = entry.partition('@')
            names.append(f'{name[0]}{base + int(name[1:])}{at}{angle}')
        return ' '.join(names)

    board.place(f'J{base + 1}', left + 6.5, HEIGHT - 5.4, locked=True, label=(2.5, -5.6))
    board.place(f'J{base + 2}', left + 20.5, HEIGHT - 6.2, locked=True, label=(2.6, -2.3))
    board.stack([named('C12 C13@90 C14@90 R9@90 R10@90 C5@90 C6@90'),
                 named('U1 R1@90 R2@90 C1@90 U2 R5@90 R6@90 C2@90'),
                 named('Q1@90 Q2@90 Q3@90 Q4@90 R11@90')],
                left + 0.5, 51.5, gap=0.9, between=1.8)
    board.row(named('R19@90 D1@90'), left + 27.8, HEIGHT - 8, gap=0.6)
    board.stack([named('R3@90 R4@90 R7@90 R8@90 C3@90 C4@90'),
                 named('U3 R12@90 R13@90 C7@90 R14@90 C8@90'),
                 named('U4 R15@90 R16@90 R17@90 R18@90 C9@90 C10@90 C11@90')],
                left + 3, 58, gap=1.2, between=3.5, side='B')


def power_placement(board):
    board.place('J1', 5.4, 25, 270, locked=True, label=(0, -5.9))
    board.row('C1 C2', 14.5, 11.5, gap=0.6)
    board.row('F1 D2', 13, 25.5, gap=0.8)
    board.row('Q1@90 D1@90 R1@90', 41.5, 25.5, gap=0.5)
    for base, left in ((10, 11.5), (20, 32)):
        unit = base // 10
        board.stack([f'U{unit} L{unit}',
                     f'D{base} C{base} C{base + 1} C{base + 2}',
                     f'R{base} R{base + 1} R{base + 2}'], left, 31, gap=0.4, between=1.15)
        board.row(f'C{base + 3} C{base + 4} C{base + 5}', left + 2, 45.6, side='B', gap=1)
    board.row('C3@90 U3 C4@90 R2@90 D3@90', 60, 41, gap=0.8)


def controller_placement(board):
    board.place('U4', 82, 25)
    board.stack(['Y1', 'C41 C42'], 67, 22, gap=1.2, between=1.6)
    board.place('J2', 97, 9, 90, label=(0, -4.4))
    board.place('SW1', 97, 40)
    board.stack(['C43 R31'], 90, 34, gap=1.2)
    board.stack(['R32 D31', 'R33 D32'], 61, 28, gap=0.8, between=1.6)
    board.stack(['R34', 'R35', 'C44'], 61, 18, between=1.2)
    board.stack(['C31 C32 C33', 'C34 C35 C36', 'C37 C38', 'FB1 C39 C40'],
                77, 19, gap=1.5, between=2, side='B')
    board.stack(['U5 C45@90 R36@90 R37@90'], 92, 20, gap=1, side='B')


def communication_placement(board):
    board.place('J5', 68, 3.65, 180, locked=True, label=(-6.2, -2))
    board.row('R55 U8 R56', 63, 11, gap=0.8)
    board.place('J3', WIDTH - 4.0, 22, 90, locked=True, label=(2.5, -4.4))
    board.place('J4', WIDTH - 4.0, 38, 90, locked=True, label=(2.5, -4.4))
    board.stack(['U6 R51@90', 'C51 C52'], 122, 16, gap=2.5, between=1.5)
    board.stack(['U7 R52@90', 'C53 R53 R54'], 122, 32, gap=2.5, between=1.5)


def marks(board):
    mounting_holes(board, 'M3', [(5, 5), (145, 5), (5, HEIGHT - 5), (145, HEIGHT - 5), (106, 47)])
    for index, (x, y) in enumerate(((12, 3.5), (138, 3.5), (12, 49.8)), 1):
        board.hardware(f'FID{index}', 'Fiducial', connectors.fiducial(), x, y, label='')


def drawing(board):
    """The edge with a notch for the cable duct, and a slot that parts 24 V from the logic."""
    board.outline = rounded([(0, 0, 4), (108, 0, 1.5), (108, 9, 2), (122, 9, 2), (122, 0, 1.5),
                             (WIDTH, 0, 4), (WIDTH, HEIGHT, 4), (0, HEIGHT, 4)])
    board.outline += rounded([(53, 6, 1.5), (56, 6, 1.5), (56, 36, 1.5), (53, 36, 1.5)])
    board.keepouts = [('DIN rail clip', ('B.Cu',),
                       [(114, 14), (134, 14), (134, 42), (114, 42)])]
    board.texts = [('QUAD MOTOR CONTROLLER', 86, 47.5, 1.6, 0, 'F.SilkS'),
                   ('24 V', 6, 36, 1.3, 0, 'F.SilkS'),
                   ('+', 12.4, 21.2, 1.3, 0, 'F.SilkS'), ('-', 12.4, 28.8, 1.3, 0, 'F.SilkS'),
                   ('USB', 76, 2.2, 1.2, 0, 'F.SilkS'), ('CAN', 145, 28.6, 1.2, 0, 'F.SilkS'),
                   ('RS-485', 144.6, 44.6, 1.2, 0, 'F.SilkS'),
                   ('Boardwalk', 75, 79.5, 3, 0, 'B.SilkS'),
                   ('Quad motor controller, rev 1', 75, 83.5, 1.5, 0, 'B.SilkS')]
    for number in CHANNELS:
        left = COLUMN_LEFT + (number - 1) * COLUMN_WIDTH
        board.texts.append((f'MOTOR {number}', left + 16.5, 84.5, 1.2, 0, 'F.SilkS'))
        if number > 1:
            board.strokes.append(('F.SilkS', [(left - 0.2, 52), (left - 0.2, HEIGHT - 3)], 0.15))


def design():
    board = Board('motor-controller', 'Quad Motor Controller', 4,
                  ('GND', '+24V', '+12V', '+5V', '+3V3', '+3.3VA'),
                  'Four bridges of 10 A with current sense and encoders')
    power(board)
    controller(board)
    communication(board)
    for number in CHANNELS:
        channel(board, number)
    marks(board)
    power_placement(board)
    controller_placement(board)
    communication_placement(board)
    for number in CHANNELS:
        channel_placement(board, number)
    drawing(board)
    return board
